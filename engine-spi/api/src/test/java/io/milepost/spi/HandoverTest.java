package io.milepost.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HandoverTest {
    private static final JourneyEventBatch BATCH =
            JourneyEventBatch.of(new EventSource("/e").userActed(Instant.EPOCH, "ann", "order"));

    @Test
    void givesOnInOrderAndFlushWaitsForIt() {
        List<JourneyEventBatch> got = new CopyOnWriteArrayList<>();
        try (Handover handover = new Handover(got::add, 8, InstantSource.system())) {
            handover.emit(BATCH);
            handover.emit(BATCH);
            assertThat(handover.flush(Duration.ofSeconds(10))).isTrue();
            assertThat(got).hasSize(2);
        }
    }

    @Test
    void countsWhatABlockedSinkLeavesNoRoomFor() {
        CountDownLatch release = new CountDownLatch(1);
        try (Handover handover = new Handover(batch -> await(release), 1, InstantSource.system())) {
            for (int i = 0; i < 5; i++) {
                handover.emit(BATCH);
            }
            // One may be in the sink's hands, one waits; the other three or four found no room.
            assertThat(handover.diagnostics().count("handover.dropped")).isBetween(3L, 4L);
            assertThat(handover.flush(Duration.ofMillis(20))).isFalse();
            release.countDown();
            assertThat(handover.flush(Duration.ofSeconds(10))).isTrue();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
