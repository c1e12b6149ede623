package io.milepost.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import io.milepost.spi.EntryRef;
import io.milepost.spi.EventSource;
import io.milepost.spi.ExitReason;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventType;
import io.milepost.spi.MessageRef;
import io.milepost.spi.Money;
import io.milepost.spi.VisitRef;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final EventSource ENGINE = new EventSource("/engines/acme");

    static Stream<String> samples() {
        return Samples.names();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsEachSampleAndWritesItSoThatItReadsTheSame(String name) {
        JourneyEvent event = CloudEvents.decode(Samples.bytes(name));
        byte[] written = CloudEvents.encode(event);
        assertThat(CloudEvents.decode(written)).isEqualTo(event);
        assertThat(CloudEvents.encode(CloudEvents.decode(written))).isEqualTo(written);
        assertThat(new String(written, StandardCharsets.UTF_8)).doesNotContain("\n");
    }

    /** Those samples that hold only what we would write ourselves: nothing of them may get lost or change. */
    @ParameterizedTest
    @MethodSource("samples")
    void writesEveryFieldOfASample(String name) throws IOException {
        if (List.of("nulls", "unicode", "number-cost", "no-currency").stream().anyMatch(name::contains)) {
            return;
        }
        Map<String, Object> sample = tree(Samples.bytes(name));
        Map<String, Object> written = tree(CloudEvents.encode(CloudEvents.decode(Samples.bytes(name))));
        sample.computeIfPresent(
                "time", (field, time) -> Instant.parse(time.toString()).toString());
        if (name.equals("journey.defined.json")) {
            data(sample).put("attributionWindow", "PT180H30M5S");
        }
        assertThat(written).isEqualTo(sample);
    }

    @Test
    void thereIsASampleOfEachType() {
        assertThat(Samples.names()
                        .map(Samples::bytes)
                        .map(CloudEvents::decode)
                        .map(JourneyEvent::type)
                        .distinct())
                .containsExactlyInAnyOrder(JourneyEventType.values());
    }

    @Test
    void keepsNanosecondsAndTurnsOffsetsIntoUtc() {
        assertThat(CloudEvents.decode(Samples.bytes("journey.entered.unicode.json"))
                        .time())
                .isEqualTo(Instant.parse("2026-03-01T05:00:00.123456789Z"));
    }

    @Test
    void takesNullForAbsent() {
        JourneyEvent.JourneyEntered event =
                (JourneyEvent.JourneyEntered) CloudEvents.decode(Samples.bytes("journey.entered.nulls.json"));
        assertThat(event)
                .isEqualTo(new JourneyEvent.JourneyEntered(
                        event.envelope(), new EntryRef("onboarding", 3, "e-2", "bob"), Map.of(), null, false, null));
    }

    @Test
    void writesAmountsExactlyAndAsStrings() {
        MessageRef message = new MessageRef("n", "m", "sms").costing(Money.of("1E+3", "EUR"));
        byte[] json = CloudEvents.encode(ENGINE.messageSent(NOON, new EntryRef("j", 1, "e", "u"), message));
        assertThat(new String(json, StandardCharsets.UTF_8))
                .contains("\"cost\":{\"amount\":\"1000\",\"currency\":\"EUR\"}");
        assertThat(((JourneyEvent.MessageSent) CloudEvents.decode(json)).message())
                .isEqualTo(message);
    }

    @Test
    void leavesOutWhatIsAbsent() {
        byte[] json = CloudEvents.encode(ENGINE.journeyEntered(NOON, new EntryRef("j", 1, "e", "u")));
        assertThat(new String(json, StandardCharsets.UTF_8))
                .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"journey.entered/j/e\",\"source\":\"/engines/acme\","
                        + "\"type\":\"journey.entered\",\"time\":\"2026-03-01T12:00:00Z\",\"data\":{\"journeyId\":\"j\","
                        + "\"version\":1,\"entryId\":\"e\",\"userId\":\"u\"}}");
    }

    /** What a line shares with the one before is copied from there. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void writesALineAsIfItWereAlone(long seed) throws IOException {
        Random random = new Random(seed);
        List<JourneyEvent> samples =
                Samples.names().map(Samples::bytes).map(CloudEvents::decode).toList();
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        ByteArrayOutputStream alone = new ByteArrayOutputStream();
        try (CloudEvents.Lines together = CloudEvents.lines(lines)) {
            for (int i = 0; i < 2_000; i++) {
                JourneyEvent event = random.nextInt(5) > 0 ? step(random) : samples.get(random.nextInt(samples.size()));
                together.write(event);
                alone.writeBytes(CloudEvents.encode(event));
                alone.write('\n');
            }
        }
        assertThat(lines.toString(StandardCharsets.UTF_8)).isEqualTo(alone.toString(StandardCharsets.UTF_8));
    }

    /** One of few, so that it often shares with the one before: source, time, each part of an entry, its visit. */
    private static JourneyEvent step(Random random) {
        EventSource engine = random.nextBoolean() ? ENGINE : new EventSource("/engines/other");
        Instant time = NOON.plusMillis(random.nextInt(2));
        EntryRef entry = new EntryRef(
                "j" + random.nextInt(2), 1 + random.nextInt(2), "e" + random.nextInt(2), "u" + random.nextInt(2));
        EntryRef placed = random.nextBoolean() ? entry : entry.at(random.nextLong());
        VisitRef visit = new VisitRef("n" + random.nextInt(2), "v" + random.nextInt(2));
        return switch (random.nextInt(3)) {
            case 0 -> engine.nodeEntered(time, placed, visit);
            case 1 -> engine.nodeExited(time, placed, visit).withOutcome(random.nextBoolean() ? "yes" : null);
            default -> engine.journeyExited(time, placed, ExitReason.COMPLETED);
        };
    }

    @Test
    void namesTheFieldThatIsWrong() {
        assertThatThrownBy(() -> CloudEvents.decode(utf8("[]"))).hasMessage("not one JSON object");
        assertThatThrownBy(() -> CloudEvents.decode(utf8("{"))).hasMessage("not one JSON object");
        assertThatThrownBy(() -> CloudEvents.decode(utf8("{\"specversion\":\"1.0\",\"type\":\"a.b\"}")))
                .hasMessage("type must be one of the vocabulary");
        assertThatThrownBy(
                        () -> CloudEvents.decode(
                                utf8(
                                        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"user.acted\",\"time\":\"2026-03-01T12:00:00Z\",\"data\":{\"userId\":7}}")))
                .hasMessage("data.userId must be a string");
    }

    private static byte[] utf8(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> tree(byte[] bytes) throws IOException {
        try (JsonParser json = CloudEvents.JSON.createParser(bytes)) {
            return new LinkedHashMap<>(JsonFields.read(json).flat());
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> data(Map<String, Object> event) {
        return (Map<String, Object>) Objects.requireNonNull(event.get("data"));
    }
}
