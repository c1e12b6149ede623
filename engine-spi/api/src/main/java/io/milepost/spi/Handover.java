package io.milepost.spi;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A sink that takes batches in an engine's thread in about a microsecond and gives them to another sink on a thread of its
 * own, in their order. However slow that sink is, however it blocks or throws, the engine doesn't notice: once
 * {@code capacity} batches wait, further ones are dropped and counted as {@code handover.dropped}.
 *
 * @since 0.1
 */
public final class Handover implements JourneyEventSink, AutoCloseable {
    private final JourneyEventSink to;
    private final BlockingQueue<JourneyEventBatch> waiting;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong given = new AtomicLong();
    private final AtomicLong droppedEvents = new AtomicLong();
    private final Object progress = new Object();
    private final Thread giver;
    private volatile boolean closed;

    /**
     * Starts the thread, a daemon.
     *
     * @param capacity of batches, at least 1
     * @param clock tells when a failure was
     */
    public Handover(JourneyEventSink to, int capacity, InstantSource clock) {
        this.to = JourneyEventSink.isolating(to, clock);
        waiting = new ArrayBlockingQueue<>(capacity);
        giver = new Thread(this::give, "milepost-handover");
        giver.setDaemon(true);
        giver.start();
    }

    @Override
    public void emit(JourneyEventBatch batch) {
        if (batch.isEmpty()) {
            return;
        }
        if (!closed && waiting.offer(batch)) {
            taken.incrementAndGet();
        } else {
            droppedEvents.addAndGet(batch.size());
        }
    }

    /** Waits until all that was taken before this call was given on; false if time ran out or the thread was interrupted. */
    public boolean flush(Duration deadline) {
        long goal = taken.get();
        long end = System.nanoTime() + deadline.toNanos();
        synchronized (progress) {
            while (given.get() < goal) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                try {
                    progress.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public Diagnostics diagnostics() {
        return to.diagnostics()
                .plus(new Diagnostics(
                        Map.of("handover.waiting", (long) waiting.size(), "handover.dropped", droppedEvents.get()),
                        null));
    }

    /** Takes no more. What waits is still given on, in the background; doesn't wait for it. */
    @Override
    public void close() {
        closed = true;
    }

    private void give() {
        while (!closed || !waiting.isEmpty()) {
            try {
                JourneyEventBatch next = waiting.poll(1, TimeUnit.SECONDS);
                if (next != null) {
                    to.emit(next);
                    given();
                }
            } catch (InterruptedException e) {
                // Only a sink could have interrupted this thread; there is nothing to stop for.
                continue;
            }
        }
    }

    private void given() {
        synchronized (progress) {
            given.incrementAndGet();
            progress.notifyAll();
        }
    }
}
