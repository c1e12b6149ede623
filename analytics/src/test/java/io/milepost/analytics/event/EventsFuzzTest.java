package io.milepost.analytics.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes under any content type: each event is taken or refused, and what is taken can be read again for ever. */
final class EventsFuzzTest {

    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final String SAMPLES = "/io/milepost/spi/samples/";

    /** The golden samples in each form, and what is known to be awkward; the first byte is the form. */
    static Stream<Arguments> bodies() throws IOException {
        List<byte[]> bodies = new ArrayList<>();
        for (String name : text("index.txt").lines().toList()) {
            String sample = text(name);
            bodies.add(body('0', sample));
            bodies.add(body('1', "[" + sample + "," + sample + "]"));
            bodies.add(body('2', sample.replace("\n", " ") + "\n\n" + sample.replace("\n", " ")));
        }
        for (String awkward : List.of(
                "",
                "[",
                "]",
                "[]",
                "[[]]",
                "{}",
                "{}{}",
                "null",
                "\"",
                "[".repeat(100_000),
                "{\"a\":".repeat(100_000),
                "{\"data\":" + "[".repeat(63) + "]".repeat(63) + "}",
                "x".repeat(100_000),
                "[{\"id\":1e999999999}]",
                "{\"specversion\":\"1.0\",\"id\":\"\\ud800\"}",
                "{\"\\ud800\":1}",
                "\uFEFF{}",
                "{\"id\":\"a\",\"id\":\"b\"}",
                "[1,2,{}]",
                "\0\0\0")) {
            for (char form = '0'; form <= '2'; form++) {
                bodies.add(body(form, awkward));
            }
        }
        return bodies.stream().map(body -> Arguments.of((Object) body));
    }

    private static String text(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(EventsFuzzTest.class.getResourceAsStream(SAMPLES + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] body(char form, String text) {
        return (form + text).getBytes(StandardCharsets.UTF_8);
    }

    @MethodSource("bodies")
    @FuzzTest(maxDuration = "5m")
    void eachEventIsTakenOrRefused(byte[] data) throws IOException {
        byte[] body = Arrays.copyOfRange(data, Math.min(1, data.length), data.length);
        try {
            Batch batch = read(data.length == 0 ? '0' : (char) data[0], body);
            assertThat(batch.indexes())
                    .hasSizeGreaterThanOrEqualTo(batch.events().size());
            assertThat(batch.refused())
                    .allSatisfy(
                            refused -> assertThat(refused.rejection().detail()).isNotEmpty());
            assertSurvives(batch.events());
        } catch (BodyException refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        }
    }

    private static Batch read(char form, byte[] body) throws BodyException {
        BatchReader reader = new BatchReader(1, EventLimits.DEFAULT, NOW);
        return switch (form) {
            case '1' -> reader.readArray(body);
            case '2' -> reader.readLines(body);
            default -> reader.readOne(body);
        };
    }

    private static void assertSurvives(List<AcceptedEvent> events) throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (AcceptedEvent event : events) {
            payload.write(event.raw, event.rawOffset, event.rawLength);
            payload.write('\n');
        }
        List<AcceptedEvent> stored = StoredEvents.read(payload.toByteArray(), events.size());
        for (int i = 0; i < events.size(); i++) {
            assertThat(stored.get(i))
                    .usingRecursiveComparison()
                    .ignoringFields("raw", "rawOffset", "identityHigh", "identityLow", "contentHash")
                    .isEqualTo(events.get(i));
        }
    }
}
