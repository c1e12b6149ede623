package io.milepost.analytics.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.spi.JourneyEventType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples that senders are tested on as well. */
final class GoldenSamplesTest {

    static List<String> names() throws IOException {
        return new String(sample("index.txt"), StandardCharsets.UTF_8).lines().toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void acceptsTheSample(String name) throws Exception {
        Batch batch =
                new BatchReader(1, EventLimits.DEFAULT, Instant.parse("2100-01-01T00:00:00Z")).readOne(sample(name));

        assertThat(batch.refused()).isEmpty();
        assertThat(name).startsWith(batch.events().get(0).type.wireName());
    }

    @Test
    void thereIsOneOfEachType() throws IOException {
        List<String> names = names();
        for (JourneyEventType type : JourneyEventType.values()) {
            assertThat(names).anyMatch(name -> name.startsWith(type.wireName()));
        }
    }

    private static byte[] sample(String name) throws IOException {
        try (InputStream in = JourneyEventType.class.getResourceAsStream("samples/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
