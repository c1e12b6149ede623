package io.milepost.transport;

import io.milepost.spi.JourneyEventBatch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Between the engine's threads and the one that writes the spool. No I/O is done under its lock. */
final class HandoverQueue {
    private final int capacity;
    /** So many events don't wait for more. */
    private final int enough;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition notFull = lock.newCondition();
    private final Condition settled = lock.newCondition();
    private final Deque<JourneyEventBatch> batches = new ArrayDeque<>();
    private int events;
    private long offeredBatches;
    private long settledBatches;
    private long hurriedTo;
    /** Who drains sleeps until it is woken: where much comes it wakes by itself. */
    private boolean idle;

    private boolean closed;

    /** @param capacity in events; a larger batch is taken when there is no other */
    HandoverQueue(int capacity) {
        this.capacity = capacity;
        enough = Math.max(1, capacity / 4);
    }

    /** False if there is no room, or it is closed. */
    boolean offer(JourneyEventBatch batch) {
        lock.lock();
        try {
            if (closed || !hasRoomFor(batch)) {
                return false;
            }
            add(batch);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for room; false if it is closed. */
    boolean put(JourneyEventBatch batch) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && !hasRoomFor(batch)) {
                notFull.await();
            }
            if (closed) {
                return false;
            }
            add(batch);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The oldest batches, up to that many events or one batch; none if there was none for so long, or it is closed.
     *
     * @param gathering how long to wait in any case, for many at once: a thread that is woken for each costs more than the rest
     */
    List<JourneyEventBatch> drain(int mostEvents, Duration longest, Duration gathering) throws InterruptedException {
        List<JourneyEventBatch> drained = new ArrayList<>();
        lock.lockInterruptibly();
        try {
            gather(gathering);
            awaitSome(longest);
            int count = 0;
            JourneyEventBatch batch = batches.peekFirst();
            while (batch != null && (count == 0 || count + batch.size() <= mostEvents)) {
                drained.add(batches.removeFirst());
                count += batch.size();
                batch = batches.peekFirst();
            }
            events -= count;
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
        return drained;
    }

    private void gather(Duration gathering) throws InterruptedException {
        long left = gathering.toNanos();
        while (events < enough && !closed && settledBatches >= hurriedTo && left > 0) {
            left = notEmpty.awaitNanos(left);
        }
    }

    private void awaitSome(Duration longest) throws InterruptedException {
        long left = longest.toNanos();
        while (batches.isEmpty() && !closed && left > 0) {
            idle = true;
            left = notEmpty.awaitNanos(left);
        }
        idle = false;
    }

    /** The oldest drained ones are in the spool, or given up. */
    void settled(int drainedBatches) {
        lock.lock();
        try {
            settledBatches += drainedBatches;
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all batches offered so far are settled: nanoseconds left of the time given, -1 if it ran out. */
    long awaitSettled(Duration longest) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long target = offeredBatches;
            hurriedTo = target;
            notEmpty.signal();
            long left = longest.toNanos();
            while (settledBatches < target && left > 0) {
                left = settled.awaitNanos(left);
            }
            return settledBatches < target ? -1 : Math.max(0, left);
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more; what is in it can still be drained. */
    void close() {
        lock.lock();
        try {
            closed = true;
            notEmpty.signalAll();
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoomFor(JourneyEventBatch batch) {
        return events == 0 || events + batch.size() <= capacity;
    }

    private void add(JourneyEventBatch batch) {
        boolean few = events < enough;
        batches.addLast(batch);
        events += batch.size();
        offeredBatches++;
        if (idle || few && events >= enough) {
            idle = false;
            notEmpty.signal();
        }
    }
}
