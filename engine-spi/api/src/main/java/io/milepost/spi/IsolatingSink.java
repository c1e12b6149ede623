package io.milepost.spi;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

final class IsolatingSink implements JourneyEventSink {
    private static final System.Logger LOG = System.getLogger(JourneyEventSink.class.getName());

    private final JourneyEventSink sink;
    private final InstantSource clock;
    private final AtomicLong failedBatches = new AtomicLong();
    private final AtomicLong failedEvents = new AtomicLong();
    private final AtomicReference<Diagnostics.@Nullable Failure> last = new AtomicReference<>();

    IsolatingSink(JourneyEventSink sink, InstantSource clock) {
        this.sink = sink;
        this.clock = clock;
    }

    @Override
    @SuppressWarnings("CatchAndPrintStackTrace")
    public void emit(JourneyEventBatch batch) {
        try {
            sink.emit(batch);
        } catch (VirtualMachineError fatal) {
            throw fatal;
        } catch (Throwable failure) {
            remember(batch, failure);
        }
    }

    @Override
    public boolean flush(Duration deadline) {
        return sink.flush(deadline);
    }

    @Override
    public Diagnostics diagnostics() {
        long batches = failedBatches.get();
        Diagnostics own = batches == 0
                ? Diagnostics.NONE
                : new Diagnostics(
                        Map.of(Diagnostics.FAILED_BATCHES, batches, Diagnostics.FAILED_EVENTS, failedEvents.get()),
                        last.get());
        return inner().plus(own);
    }

    private Diagnostics inner() {
        try {
            return sink.diagnostics();
        } catch (RuntimeException broken) {
            return new Diagnostics(Map.of(), new Diagnostics.Failure(clock.instant(), "diagnostics", broken));
        }
    }

    private void remember(JourneyEventBatch batch, Throwable failure) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        failedEvents.addAndGet(batch.size());
        long failures = failedBatches.incrementAndGet();
        last.set(new Diagnostics.Failure(clock.instant(), "emit", failure));
        if (Long.bitCount(failures) == 1) {
            // At the 1st, 2nd, 4th, 8th … failure: loud at once, and never a flood.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A sink failed and the engine went on: " + failures + " batches have not reached "
                            + sink.getClass().getName(),
                    failure);
        }
    }
}
