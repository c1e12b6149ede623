package io.milepost.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.spi.JourneyEventSink;
import io.milepost.spi.ReplaySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ReconcilerTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final ReplaySource history = (from, to, into) -> {
        asked.add(from + " to " + to);
        return 0;
    };
    private final Path mark;

    ReconcilerTest(@TempDir Path folder) {
        mark = folder.resolve("told-until");
    }

    @Test
    void tellsTheWholeWindowWhereNothingIsKnown() throws InterruptedException {
        try (Reconciler reconciler = at(NOON)) {
            assertThat(next()).isEqualTo("2026-02-28T12:00:00Z to 2026-03-01T12:00:00Z");
            assertThat(reconciler.diagnostics().lastFailure()).isNull();
        }
    }

    @Test
    void goesOnAMinuteBeforeWhatWasToldLast() throws InterruptedException {
        try (Reconciler earlier = at(NOON.minus(Duration.ofHours(2)))) {
            next();
            awaitMark();
            assertThat(earlier.diagnostics().count("reconciling")).isZero();
        }
        try (Reconciler later = at(NOON)) {
            assertThat(next()).isEqualTo("2026-03-01T09:59:00Z to 2026-03-01T12:00:00Z");
            assertThat(later.diagnostics().lastFailure()).isNull();
        }
    }

    @Test
    void neverTellsMoreThanTheWindow() throws IOException, InterruptedException {
        Files.writeString(mark, "2026-01-01T00:00:00Z");
        try (Reconciler reconciler = at(NOON)) {
            assertThat(next()).isEqualTo("2026-02-28T12:00:00Z to 2026-03-01T12:00:00Z");
            assertThat(reconciler.diagnostics().lastFailure()).isNull();
        }
    }

    @Test
    void takesADamagedMarkAsNone() throws IOException, InterruptedException {
        Files.writeString(mark, "yesterday");
        try (Reconciler reconciler = at(NOON)) {
            assertThat(next()).startsWith("2026-02-28T12:00:00Z");
            assertThat(reconciler.diagnostics().lastFailure()).isNotNull();
        }
    }

    private Reconciler at(Instant now) {
        return new Reconciler(
                history, JourneyEventSink.noop(), mark, Duration.ofDays(1), InstantSource.fixed(now), longest -> true);
    }

    private String next() throws InterruptedException {
        String question = asked.poll(20, TimeUnit.SECONDS);
        assertThat(question).isNotNull();
        return String.valueOf(question);
    }

    private void awaitMark() {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20); !Files.exists(mark); ) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
