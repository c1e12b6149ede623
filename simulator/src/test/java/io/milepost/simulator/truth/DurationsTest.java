package io.milepost.simulator.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class DurationsTest {

    private static final long MILLI = 1_000_000;

    @Test
    void takesPercentilesByTheirNearestRank() {
        // 10, 20, …, 100: half of ten is the 5th, 90 % the 9th, 95 % of ten is 9.5, so the 10th.
        Durations durations = new Durations();
        for (int i = 10; i >= 1; i--) {
            durations.add(MILLI * 10 * i);
        }
        JsonNode json = durations.json();
        assertThat(json.path("p50").asLong()).isEqualTo(50);
        assertThat(json.path("p90").asLong()).isEqualTo(90);
        assertThat(json.path("p95").asLong()).isEqualTo(100);
        assertThat(json.path("mean").asDouble()).isEqualTo(55);
    }

    /** 0.25 ms and 1.5 ms: 1.75 of two. */
    @Test
    void knowsPartsOfAMillisecond() {
        Durations durations = new Durations();
        durations.add(1_500_000);
        durations.add(250_000);
        JsonNode json = durations.json();
        assertThat(json.path("mean").asDouble()).isEqualTo(0.875);
        assertThat(json.path("min").asDouble()).isEqualTo(0.25);
        assertThat(json.path("p99").asDouble()).isEqualTo(1.5);
    }

    @Test
    void hasNoPercentilesOfNothing() {
        assertThat(new Durations().json().path("p50").isNull()).isTrue();
    }

    @Test
    void staysCloseOnceThereAreTooManyToKeep() {
        Durations durations = new Durations();
        for (int i = 1; i <= 200_000; i++) {
            durations.add(MILLI * 7 * i);
        }
        JsonNode json = durations.json();
        assertThat(json.path("p50").asDouble()).isCloseTo(700_000, within(500.0));
        assertThat(json.path("p99").asDouble()).isCloseTo(1_386_000, within(1_000.0));
        assertThat(json.path("max").asLong()).isEqualTo(1_400_000);
        assertThat(json.path("count").asLong()).isEqualTo(200_000);
    }
}
