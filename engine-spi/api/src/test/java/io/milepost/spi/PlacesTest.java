package io.milepost.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void ordersWhatHappensInOneMillisecond() {
        assertThat(List.of(
                        Places.ofStart(NOON),
                        Places.ofExit(NOON.minusSeconds(9), NOON, 4),
                        Places.ofArrival(NOON, 2),
                        Places.ofWord(NOON, 2),
                        Places.ofExit(NOON, NOON, 2),
                        Places.ofArrival(NOON, 3),
                        Places.ofExit(NOON, NOON, 3),
                        Places.ofEnd(NOON)))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void growWithTimeWhateverTheOrder() {
        assertThat(Places.ofEnd(NOON)).isLessThan(Places.ofStart(NOON.plusMillis(1)));
        assertThat(Places.ofArrival(NOON, Long.MAX_VALUE / 4)).isBetween(Places.ofStart(NOON), Places.ofEnd(NOON));
    }

    @Test
    void fitTheNumbersOfJson() {
        assertThat(Places.ofEnd(Instant.parse("2108-12-31T00:00:00Z"))).isLessThan(1L << 53);
    }
}
