package io.milepost.transport;

import io.milepost.spi.Diagnostics;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the rows of an {@link Outbox} to a sink and deletes them once the sink has flushed: with a {@link Transport}, once
 * analytics has answered for them. A halt in between brings them again, by the same ids. On a thread of its own, with
 * connections of its own; a database or sink that fails is tried again until it doesn't.
 *
 * <p>Any thread.
 *
 * @since 0.1
 */
public final class OutboxRelay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final int ROWS = 500;
    private static final int EVENTS = 4_096;
    private static final Duration POLL = Duration.ofSeconds(1);
    /** After a commit was told of: the row of a transaction that wrote nothing else shows a moment later. */
    private static final Duration SOON = Duration.ofMillis(20);

    private final Outbox outbox;
    private final DataSource database;
    private final JourneyEventSink to;
    private final InstantSource clock;
    private final Pace pace;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private boolean nudged;
    private boolean closed;
    private boolean allTaken;
    private long begun;
    private long lastFoundEmpty;
    private long relayed;
    private final Set<Long> unreadable = new HashSet<>();
    private Diagnostics.@Nullable Failure lastFailure;

    /** Starts the thread, a daemon. The table must be there. */
    public OutboxRelay(Outbox outbox, DataSource database, JourneyEventSink to, InstantSource clock) {
        this.outbox = outbox;
        this.database = database;
        this.to = to;
        this.clock = clock;
        pace = new Pace(clock, Duration.ofMinutes(1));
        thread = new Thread(this::run, "milepost-outbox");
        thread.setDaemon(true);
        thread.start();
    }

    /** Something was committed. Doesn't block. */
    public void nudge() {
        lock.lock();
        try {
            nudged = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until all that was committed before this call has reached the sink and is deleted. False if time ran out, the
     * relay was closed, or the thread was interrupted, which then stays interrupted.
     */
    public boolean flush(Duration deadline) {
        lock.lock();
        try {
            long goal = begun + 1;
            nudged = true;
            changed.signalAll();
            long left = deadline.toNanos();
            while (lastFoundEmpty < goal && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return lastFoundEmpty >= goal;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** {@code outbox.relayed} events so far, rows that could not be read as {@code outbox.unreadable}, the last failure. */
    public Diagnostics diagnostics() {
        lock.lock();
        try {
            return new Diagnostics(
                    Map.of("outbox.relayed", relayed, "outbox.unreadable", (long) unreadable.size()), lastFailure);
        } finally {
            lock.unlock();
        }
    }

    /** Stops; rows that wait are brought by the next relay. Doesn't wait for the sink; more than once is fine. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        boolean told = false;
        while (!isClosed()) {
            Duration pause = told ? SOON : POLL;
            try {
                pause = pass() ? Duration.ZERO : pause;
            } catch (SQLException | RuntimeException e) {
                failed(e);
                pause = POLL;
            }
            told = await(pause);
        }
    }

    /** True if there may be more. */
    private boolean pass() throws SQLException {
        long number = begin();
        List<Outbox.Row> rows = outbox.read(database, ROWS + unreadable.size(), !allTaken);
        rows.removeIf(row -> unreadable.contains(row.id()));
        if (rows.isEmpty()) {
            allTaken = true;
            foundEmpty(number);
            return false;
        }
        outbox.seal(database, rows.get(rows.size() - 1));
        long events = 0;
        List<Outbox.Row> handed = new ArrayList<>();
        for (Outbox.Row row : rows) {
            JourneyEventBatch batch = read(row);
            if (batch != null) {
                to.emit(batch);
                events += batch.size();
                handed.add(row);
            }
            if (events >= EVENTS) {
                break;
            }
        }
        while (!to.flush(POLL)) {
            if (isClosed() || Thread.currentThread().isInterrupted()) {
                return false;
            }
            await(SOON);
        }
        outbox.delete(database, handed);
        relayed(events);
        return true;
    }

    /** Null if it is none of ours: then it stays where it is, for people. */
    private @Nullable JourneyEventBatch read(Outbox.Row row) {
        try {
            return row.batch();
        } catch (RuntimeException damaged) {
            lock.lock();
            try {
                unreadable.add(row.id());
            } finally {
                lock.unlock();
            }
            LOG.warn("Row {} of the outbox can't be read as events and is left there", row.id(), damaged);
            return null;
        }
    }

    private long begin() {
        lock.lock();
        try {
            return ++begun;
        } finally {
            lock.unlock();
        }
    }

    private void foundEmpty(long number) {
        lock.lock();
        try {
            lastFoundEmpty = number;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void relayed(long events) {
        lock.lock();
        try {
            relayed += events;
        } finally {
            lock.unlock();
        }
    }

    private void failed(Exception cause) {
        lock.lock();
        try {
            lastFailure = new Diagnostics.Failure(clock.instant(), "relaying the outbox", cause);
        } finally {
            lock.unlock();
        }
        if (!isClosed() && pace.isDue()) {
            LOG.warn("The outbox could not be relayed; it is tried again, and nothing is lost", cause);
        }
    }

    /** True if a commit was told of. */
    private boolean await(Duration longest) {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (!nudged && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            boolean told = nudged;
            nudged = false;
            return told;
        } catch (InterruptedException e) {
            // Only a sink could have interrupted this thread; there is nothing to stop for.
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
