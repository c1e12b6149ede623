package io.milepost.transport;

import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings what the engine handed over into the spool. One thread. */
final class SpoolWriter implements Runnable {
    private static final int DRAINED_EVENTS = 1024;
    private static final Duration TICK = Duration.ofMillis(200);
    /** A kill loses what was emitted in it. */
    private static final Duration GATHERING = Duration.ofMillis(50);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final HandoverQueue queue;
    private final Spool spool;
    private final Ledger ledger;
    private final Transport.Delay delay;
    private final FrameBuilder frame;

    SpoolWriter(Settings settings, HandoverQueue queue, Spool spool, Ledger ledger, Transport.Delay delay) {
        this.queue = queue;
        this.spool = spool;
        this.ledger = ledger;
        this.delay = delay;
        this.frame = settings.newFrame();
    }

    @Override
    public void run() {
        try {
            while (writeNext()) {
                ledger.tellLosses(false);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
        ledger.tellLosses(true);
    }

    private boolean writeNext() throws InterruptedException {
        List<JourneyEventBatch> batches = queue.drain(DRAINED_EVENTS, TICK, GATHERING);
        if (batches.isEmpty()) {
            return !queue.isClosed();
        }
        for (JourneyEventBatch batch : batches) {
            for (JourneyEvent event : batch.events()) {
                frame.add(event, ledger);
                if (frame.isFull()) {
                    append();
                }
            }
        }
        append();
        queue.settled(batches.size());
        return true;
    }

    /** Until it is on disk, or the transport is closing and there is no room. */
    private void append() throws InterruptedException {
        if (frame.isEmpty()) {
            return;
        }
        DropReason hindrance = spool.couldHold(frame.length()) ? tryAppend() : DropReason.UNWRITABLE;
        while (hindrance != null && hindrance != DropReason.UNWRITABLE && !queue.isClosed()) {
            ledger.tellLosses(false);
            hindrance = tryAppend();
        }
        if (hindrance != null) {
            ledger.dropped(hindrance, frame.count());
        }
        frame.clear();
    }

    /** Null if it is written, else what hindered, after a while. */
    private @Nullable DropReason tryAppend() throws InterruptedException {
        try {
            switch (spool.append(frame, PATIENCE)) {
                case YES -> {
                    return null;
                }
                case FULL -> {
                    spool.awaitRoom(TICK);
                    return DropReason.SPOOL_FULL;
                }
                case BUSY -> {
                    return DropReason.QUEUE_FULL;
                }
                case CLOSED -> {
                    return DropReason.CLOSED;
                }
            }
        } catch (IOException refused) {
            ledger.failed("writing the spool", refused);
            delay.await(TICK);
        }
        return DropReason.SPOOL_FAILED;
    }
}
