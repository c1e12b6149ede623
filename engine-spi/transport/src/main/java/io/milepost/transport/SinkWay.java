package io.milepost.transport;

import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Rows become events again, for a sink that is no transport of ours. */
final class SinkWay implements RowWay {
    private static final int EVENTS = 4_096;
    private static final int BYTES = 4 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(20);

    private final JourneyEventSink to;
    private final Transport.Delay delay;

    SinkWay(JourneyEventSink to, Transport.Delay delay) {
        this.to = to;
        this.delay = delay;
    }

    @Override
    public int mostEvents() {
        return EVENTS;
    }

    @Override
    public int mostBytes() {
        return BYTES;
    }

    @Override
    public boolean bring(List<Outbox.Row> rows, BooleanSupplier ended) throws InterruptedException {
        List<JourneyEventBatch> batches = rows.stream().map(Outbox.Row::batch).toList();
        batches.forEach(this::emit);
        while (!to.flush(PATIENCE)) {
            delay.await(MOMENT);
            if (ended.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }

    /** An error of the sink's ends its try and not the relay. */
    private void emit(JourneyEventBatch batch) {
        try {
            to.emit(batch);
        } catch (VirtualMachineError fatal) {
            throw fatal;
        } catch (Error failed) {
            throw new IllegalStateException("the sink failed", failed);
        }
    }
}
