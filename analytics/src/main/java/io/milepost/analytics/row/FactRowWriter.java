package io.milepost.analytics.row;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.journal.JournalProgress;
import io.milepost.analytics.store.EntryRows;
import io.milepost.analytics.store.FactProgress;
import io.milepost.analytics.store.FactStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the rows of entries whose facts changed, on a thread of its own. What it has not written is known again after
 * a restart; a failure costs nobody but the rows, and those only time.
 *
 * <p>Each round takes the entries that changed until then and writes them in batches, some entries at a time folded as of
 * one block. The last batch notes the block as of which the round began: up to it rows are complete.
 */
public final class FactRowWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FactRowWriter.class);

    /** Raised when rows of the same facts become others: all are written anew. */
    static final int FORMAT = 1;

    private static final Duration RETRY = Duration.ofSeconds(5);
    /** Entries and rows folded at a time: bounds how long the projector may have to wait for the lock. */
    private static final int FOLD_ENTRIES = 64;

    private static final int FOLD_ROWS = 1_000;
    /** Entries and rows of one transaction. Their keys lie all over the indexes: larger ones write each page less often. */
    private static final int BATCH_ENTRIES = 1_024;
    /** While events come: on H2 their commits wait for that of a batch. */
    private static final int BUSY_ENTRIES = 64;

    private static final int BATCH_ROWS = 20_000;

    private final CellProjection projection;
    private final FactStore store;
    private final long account;
    private final Clock clock;
    private final Duration interval;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Pace pace;
    private final Thread thread = new Thread(this::run, "fact-rows");
    private final ReentrantLock writing = new ReentrantLock(true);

    private @Nullable FactProgress progress;
    private volatile int inHand;
    private volatile @Nullable Instant behindSince;
    private volatile @Nullable String failure;
    private volatile long completeTo;

    /** Entries that changed until a block was in. */
    private record Round(RoaringBitmap entries, long sequence) {}

    FactRowWriter(
            CellProjection projection,
            FactStore store,
            JournalProgress journal,
            long account,
            Clock clock,
            FactRowSettings settings) {
        this.projection = projection;
        this.store = store;
        this.account = account;
        this.clock = clock;
        this.interval = settings.interval();
        this.pace = new Pace(journal, clock, settings.share(), closing);
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    /** Call once, when the journal is replayed. */
    synchronized void start() {
        if (closing.getCount() > 0) {
            behindSince = clock.instant();
            thread.start();
        }
    }

    /**
     * Runs while no batch is on its way: none that was folded before commits after. For changes of what rows show that no
     * event brings; must not be called by who holds the projection's lock.
     */
    public void betweenBatches(Runnable work) {
        writing.lock();
        try {
            work.run();
        } finally {
            writing.unlock();
        }
    }

    /** Entries whose rows are still to be replaced, as far as that is known. */
    int waitingEntries() {
        return inHand + projection.changed().count();
    }

    /** For how long rows have not been complete; zero = they were at the last look. */
    Duration lag() {
        Instant since = behindSince;
        return since == null ? Duration.ZERO : Duration.between(since, clock.instant());
    }

    /** Sequence of the newest block all of which is in the rows. */
    long completeTo() {
        return completeTo;
    }

    /** What the last try ended with; null = it went well. */
    @Nullable
    String failure() {
        return failure;
    }

    /** Ends with the batch that is being written. */
    @Override
    public void close() {
        synchronized (this) {
            closing.countDown();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            boolean closed = false;
            while (!closed) {
                closed = pace.rest(tryRound() ? interval : RETRY);
            }
        } catch (InterruptedException e) {
            LOG.debug("fact rows stopped");
        }
    }

    private boolean tryRound() throws InterruptedException {
        try {
            round(progress == null ? begin() : progress);
            failure = null;
            return true;
        } catch (RuntimeException e) {
            failure = e.toString();
            LOG.warn("fact rows are not written, trying again in {} s", RETRY.toSeconds(), e);
            return false;
        }
    }

    private FactProgress begin() {
        FactProgress known = store.progress(account).orElse(null);
        if (known == null || known.format() != FORMAT || known.empty()) {
            known = store.restart(account, FORMAT);
        }
        new ChangedSince(known.completeTo()).mark(projection);
        completeTo = known.completeTo();
        progress = known;
        return known;
    }

    private void round(FactProgress from) throws InterruptedException {
        Instant begun = clock.instant();
        inHand = projection.changed().count();
        Round round = projection.read(cells -> new Round(cells.changed().take(), cells.sequence()));
        if (round.entries.isEmpty() && round.sequence == from.completeTo()) {
            behindSince = null;
            return;
        }
        if (behindSince == null) {
            behindSince = begun;
        }
        if (write(round)) {
            behindSince = waitingEntries() == 0 ? null : begun;
        }
    }

    /** Whether all of it was written; what was not is among the changed again. */
    private boolean write(Round round) throws InterruptedException {
        RoaringBitmap left = round.entries;
        boolean done = false;
        try {
            while (!done && closing.getCount() > 0) {
                inHand = left.getCardinality();
                pace.run(busy -> batch(left, round.sequence, busy ? BUSY_ENTRIES : BATCH_ENTRIES));
                done = left.isEmpty();
            }
        } finally {
            inHand = 0;
            projection.changed().addAll(left);
        }
        return done;
    }

    /** Writes the first entries of {@code left}, some {@code most} of them, and takes them from it. */
    private void batch(RoaringBitmap left, long sequence, int most) {
        writing.lock();
        try {
            RoaringBitmap numbers = new RoaringBitmap();
            List<List<EntryRows>> rows = fold(left, numbers, most);
            FactProgress from = Objects.requireNonNull(progress);
            boolean last = numbers.getCardinality() == left.getCardinality();
            progress = store.replace(account, from, rows, last ? sequence : from.completeTo())
                    .orElse(null);
            if (progress == null) {
                throw new IllegalStateException("the database is not where it was left: rows were lost");
            }
            left.andNot(numbers);
            completeTo = progress.completeTo();
        } finally {
            writing.unlock();
        }
    }

    private List<List<EntryRows>> fold(RoaringBitmap left, RoaringBitmap numbers, int most) {
        List<List<EntryRows>> folds = new ArrayList<>();
        PeekableIntIterator next = left.getIntIterator();
        int count = 0;
        while (next.hasNext() && numbers.getCardinality() < most && count < BATCH_ROWS) {
            List<EntryRows> rows = projection.read(cells -> fold(cells, next, numbers));
            folds.add(rows);
            count += rows.stream().mapToInt(EntryRows::count).sum();
        }
        return folds;
    }

    private static List<EntryRows> fold(Cells cells, PeekableIntIterator next, RoaringBitmap numbers) {
        FactRows facts = new FactRows(cells);
        List<EntryRows> rows = new ArrayList<>(FOLD_ENTRIES);
        int count = 0;
        while (next.hasNext() && rows.size() < FOLD_ENTRIES && count < FOLD_ROWS) {
            int entry = next.next();
            EntryRows folded = facts.of(entry);
            numbers.add(entry);
            rows.add(folded);
            count += folded.count();
        }
        return rows;
    }
}
