package io.milepost.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.simulator.scenario.Scenario.Faults;
import io.milepost.spi.EventSource;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultySinkTest {

    private static final EventSource ENGINE = new EventSource("/test");
    private static final int BATCHES = 5_000;

    private static List<JourneyEvent> through(Faults faults, long seed) {
        List<JourneyEvent> out = new ArrayList<>();
        FaultySink sink = new FaultySink(batch -> out.addAll(batch.events()), faults, seed);
        for (int i = 0; i < BATCHES; i++) {
            sink.emit(JourneyEventBatch.of(
                    ENGINE.userActed(Instant.EPOCH.plus(Duration.ofMinutes(i)), "u" + i, "visit")));
        }
        sink.release();
        return out;
    }

    @Test
    void losesNothingAndRepeatsTheAskedShare() {
        List<JourneyEvent> out = through(Faults.of(0.1, 0.1, 0.05, Duration.ofHours(9), 0), 1);
        assertThat(new HashSet<>(out)).hasSize(BATCHES);
        assertThat(out.size() - BATCHES).isBetween(400, 600);
    }

    @Test
    void bringsEventsOutOfOrder() {
        List<Instant> times = through(Faults.of(0, 0.1, 0, Duration.ZERO, 0), 1).stream()
                .map(JourneyEvent::time)
                .toList();
        assertThat(times).hasSize(BATCHES);
        assertThat(times).isNotEqualTo(times.stream().sorted().toList());
    }

    @Test
    void holdsLateOnesUntilTheirTimeHasCome() {
        List<JourneyEvent> out = through(Faults.of(0, 0, 0.01, Duration.ofMinutes(100), 0), 1);
        int late = 0;
        for (int i = 0; i < out.size() - 200; i++) {
            long minute = Duration.between(Instant.EPOCH, out.get(i).time()).toMinutes();
            if (minute < i - 10) {
                late++;
                assertThat(i - minute).isBetween(90L, 110L);
            }
        }
        assertThat(late).isPositive();
    }

    @Test
    void doesTheSameAgainWithTheSameSeed() {
        Faults faults = Faults.of(0.1, 0.1, 0.05, Duration.ofHours(9), 0);
        assertThat(through(faults, 3)).isEqualTo(through(faults, 3));
        assertThat(through(faults, 3)).isNotEqualTo(through(faults, 4));
    }

    @Test
    void handsOnEverythingAsItIsWithoutFaults() {
        assertThat(through(Faults.NONE, 1)).hasSize(BATCHES);
    }
}
