package io.milepost.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private final RetryPolicy policy = new RetryPolicy(Duration.ofMillis(200), Duration.ofSeconds(30), new Random(1));

    @Test
    void doublesUpToTheLongest() {
        assertThat(policy.delay(1, null)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
        assertThat(policy.delay(4, null)).isBetween(Duration.ofMillis(800), Duration.ofMillis(1600));
        assertThat(policy.delay(9, null)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
        assertThat(policy.delay(Integer.MAX_VALUE, null)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
    }

    @Test
    void waitsAtLeastAsLongAsTheServerAskedFor() {
        assertThat(policy.delay(1, Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(7));
        assertThat(policy.delay(9, Duration.ofSeconds(1))).isGreaterThanOrEqualTo(Duration.ofSeconds(15));
        assertThat(policy.delay(1, Duration.ofDays(3))).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aPaceLetsThroughOnceAPeriod() {
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");
        Instant[] now = {noon};
        InstantSource clock = () -> now[0];
        Pace pace = new Pace(clock, Duration.ofMinutes(1));
        assertThat(pace.isDue()).isTrue();
        assertThat(pace.isDue()).isFalse();
        now[0] = noon.plusSeconds(59);
        assertThat(pace.isDue()).isFalse();
        now[0] = noon.plusSeconds(60);
        assertThat(pace.isDue()).isTrue();
    }
}
