package io.milepost.transport;

import io.milepost.spi.Diagnostics;
import io.milepost.spi.JourneyEventSink;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
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
 * Brings the rows of an {@link Outbox} to a sink and deletes them once the sink has flushed: with a {@link Transport}, which
 * takes them as they are and past its spool, once analytics has answered for them. A halt in between brings them again, by
 * the same ids. On a thread of its own, with connections of its own; a database or sink that fails is tried again until it
 * doesn't.
 *
 * <p>Any thread.
 *
 * @since 0.1
 */
public final class OutboxRelay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final int ROWS = 4_000;
    private static final Duration POLL = Duration.ofSeconds(1);
    /** After a commit was told of: the fewer the passes, the less each row costs. */
    private static final Duration GATHERING = Duration.ofSeconds(1);

    private final Outbox outbox;
    private final DataSource database;
    private final RowWay way;
    private final InstantSource clock;
    private final Pace pace;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private int commits;
    private boolean closed;
    private boolean allTaken;
    private long begun;
    /** The number of the pass that somebody waits for to find nothing. */
    private long wanted;

    private long lastFoundEmpty;
    private long relayed;
    private final Set<Long> unreadable = new HashSet<>();
    private Diagnostics.@Nullable Failure lastFailure;

    /**
     * Starts the thread, a daemon. The table must be there.
     *
     * @param to not an isolating one: what it throws is caught here, and the rows are brought again
     */
    public OutboxRelay(Outbox outbox, DataSource database, JourneyEventSink to, InstantSource clock) {
        this.outbox = outbox;
        this.database = database;
        way = to instanceof Transport transport ? transport.directly() : new SinkWay(to, this::untilClosed);
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
            commits++;
            if (commits == 1 || commits == ROWS) {
                changed.signalAll();
            }
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
            wanted = Math.max(wanted, goal);
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
        while (!isClosed()) {
            try {
                if (!pass()) {
                    awaitCommits();
                }
            } catch (SQLException | RuntimeException e) {
                failed(e);
                untilClosed(POLL);
            } catch (InterruptedException e) {
                // Only a sink could have interrupted this thread; there is nothing to stop for.
                continue;
            }
        }
    }

    /** True if there may be more. */
    private boolean pass() throws SQLException, InterruptedException {
        long number = begin();
        int most = ROWS + unreadable.size();
        List<Outbox.Row> rows = outbox.read(database, most, !allTaken, this::leave);
        rows.removeIf(row -> unreadable.contains(row.id()));
        if (rows.isEmpty()) {
            allTaken = true;
            foundEmpty(number);
            return false;
        }
        outbox.seal(database, rows.get(rows.size() - 1));
        for (int from = 0; from < rows.size(); ) {
            List<Outbox.Row> handed = rows.subList(from, endOfRequest(rows, from));
            if (!bring(handed)) {
                return true;
            }
            from += handed.size();
        }
        return rows.size() >= ROWS;
    }

    private boolean bring(List<Outbox.Row> rows) throws SQLException, InterruptedException {
        try {
            if (!way.bring(rows, this::isClosed)) {
                untilClosed(POLL);
                return false;
            }
        } catch (UnreadableRowException damaged) {
            leave(damaged);
            return false;
        }
        outbox.delete(database, rows);
        relayed(rows);
        return true;
    }

    private int endOfRequest(List<Outbox.Row> rows, int from) {
        int events = 0;
        int bytes = 0;
        int to = from;
        while (to < rows.size() && events < way.mostEvents() && bytes < way.mostBytes()) {
            events += rows.get(to).events();
            bytes += rows.get(to).lines().length;
            to++;
        }
        return to;
    }

    /** It is none of ours: it stays where it is, for people. */
    private void leave(UnreadableRowException damaged) {
        lock.lock();
        try {
            if (!unreadable.add(damaged.row())) {
                return;
            }
        } finally {
            lock.unlock();
        }
        LOG.warn("Row {} of the outbox can't be read as events and is left there", damaged.row(), damaged);
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

    private void relayed(List<Outbox.Row> rows) {
        lock.lock();
        try {
            rows.forEach(row -> relayed += row.events());
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

    /** A pass begins when something was committed and others had the time to join it, or when somebody waits for it. */
    private void awaitCommits() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = POLL.toNanos();
            while (commits == 0 && wanted <= lastFoundEmpty && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            left = commits == 0 ? 0 : GATHERING.toNanos();
            while (commits < ROWS && wanted <= lastFoundEmpty && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            commits = 0;
        } finally {
            lock.unlock();
        }
    }

    /** True if it is closed. */
    private boolean untilClosed(Duration longest) {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // As above.
            return closed;
        } finally {
            lock.unlock();
        }
        return isClosed();
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
