package io.milepost.spi;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A sink that takes batches in an engine's thread in well under a microsecond and gives them to another sink on a thread of
 * its own, in their order and some 10 ms later: to wake that thread for each transaction would cost more than all it does.
 * However slow that sink is, however it blocks or throws, the engine doesn't notice: once {@code capacity} batches wait,
 * further ones are dropped and counted as {@code handover.dropped}.
 *
 * @since 0.1
 */
public final class Handover implements JourneyEventSink, AutoCloseable {
    private static final long GATHERING = TimeUnit.MILLISECONDS.toNanos(10);

    private final JourneyEventSink to;
    private final int capacity;
    /** So many don't wait for more. */
    private final int enough;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition progress = lock.newCondition();
    // All guarded by lock.
    private final Queue<JourneyEventBatch> waiting = new ArrayDeque<>();
    private long taken;
    private long given;
    private long hurriedTo;
    private long droppedEvents;
    /** The thread sleeps until it is woken: of a busy engine it wakes by itself. */
    private boolean idle;

    private boolean closed;

    /**
     * Starts the thread, a daemon.
     *
     * @param capacity of batches, at least 1
     * @param clock tells when a failure was
     */
    public Handover(JourneyEventSink to, int capacity, InstantSource clock) {
        this.to = JourneyEventSink.isolating(to, clock);
        this.capacity = capacity;
        enough = Math.max(1, capacity / 4);
        Thread giver = new Thread(this::give, "milepost-handover");
        giver.setDaemon(true);
        giver.start();
    }

    @Override
    public void emit(JourneyEventBatch batch) {
        if (batch.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            if (closed || waiting.size() >= capacity) {
                droppedEvents += batch.size();
                return;
            }
            waiting.add(batch);
            taken++;
            if (idle || waiting.size() == enough) {
                idle = false;
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all that was taken before this call was given on; false if time ran out or the thread was interrupted. */
    @Override
    public boolean flush(Duration deadline) {
        lock.lock();
        try {
            long goal = taken;
            hurriedTo = goal;
            work.signal();
            long left = deadline.toNanos();
            while (given < goal && left > 0) {
                left = progress.awaitNanos(left);
            }
            return given >= goal;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Diagnostics diagnostics() {
        return to.diagnostics().plus(own());
    }

    private Diagnostics own() {
        lock.lock();
        try {
            return new Diagnostics(
                    Map.of("handover.waiting", (long) waiting.size(), "handover.dropped", droppedEvents), null);
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more. What waits is still given on, in the background; doesn't wait for it. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    private void give() {
        boolean going = true;
        while (going) {
            try {
                going = giveNext();
            } catch (InterruptedException e) {
                // Only a sink could have interrupted this thread; there is nothing to stop for.
                continue;
            }
        }
    }

    /** False once it is closed and nothing waits. */
    private boolean giveNext() throws InterruptedException {
        JourneyEventBatch next = gathered();
        if (next == null) {
            return false;
        }
        while (next != null) {
            to.emit(next);
            next = given();
        }
        return true;
    }

    /** The oldest, once others had the time to join it; null once it is closed and nothing waits. */
    private @Nullable JourneyEventBatch gathered() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = GATHERING;
            while (!closed && given >= hurriedTo && waiting.size() < enough && left > 0) {
                left = work.awaitNanos(left);
            }
            while (waiting.isEmpty() && !closed) {
                idle = true;
                work.await();
            }
            idle = false;
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    /** One was given; the next that waits already. */
    private @Nullable JourneyEventBatch given() {
        lock.lock();
        try {
            given++;
            if (lock.hasWaiters(progress)) {
                progress.signalAll();
            }
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }
}
