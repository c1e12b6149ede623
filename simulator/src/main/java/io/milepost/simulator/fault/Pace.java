package io.milepost.simulator.fault;

import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lets virtual time pass no faster than so many times real time. Not for several threads. */
public final class Pace implements JourneyEventSink {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final JourneyEventSink target;
    private final double speed;
    private final LongSupplier nanoTime;
    private final Consumer<Duration> pause;
    private @Nullable Instant first;
    private long begun;

    /**
     * @param speed virtual time in real time
     * @param pause waits that long
     */
    public Pace(JourneyEventSink target, double speed, LongSupplier nanoTime, Consumer<Duration> pause) {
        this.target = target;
        this.speed = speed;
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    @Override
    public void emit(JourneyEventBatch batch) {
        JourneyEvent event = batch.events().get(0);
        if (first == null) {
            first = event.time();
            begun = nanoTime.getAsLong();
        }
        double due = Duration.between(first, event.time()).toMillis() / speed;
        double passed = (nanoTime.getAsLong() - begun) / (double) NANOS_PER_MILLI;
        if (due - passed >= 1) {
            pause.accept(Duration.ofMillis((long) (due - passed)));
        }
        target.emit(batch);
    }
}
