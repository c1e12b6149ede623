package io.milepost.analytics.journal;

import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.event.Batch;
import io.milepost.analytics.store.JournalStore;
import io.milepost.analytics.store.StoreException;
import io.milepost.analytics.store.StoredBlock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes events durable, each once. One thread commits all submissions that wait at a time, answers them when that
 * survives a power cut, and hands the blocks to the projection. Public methods are for any thread.
 */
public final class Journal implements JournalProgress, BlockArchive, Identities, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration RETRY_BROKEN = Duration.ofSeconds(5);
    /** Raw bytes of one block: packed it then fits what H2 takes as one value. */
    private static final int BLOCK_BYTES = 1024 * 1024;
    /** Of the last block of a large commit; packed it fills a page of H2, or others would join it there. */
    private static final int LAST_BLOCK_BYTES = 128 * 1024;
    /** Raw bytes of one commit. */
    private static final long COMMIT_BYTES = 8L * 1024 * 1024;

    private static final int SEGMENT_BITS = 10;
    /** Longer than any commit; a database that is gone takes longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** How often a change is tried again after the database has recovered. */
    private static final int ATTEMPTS = 2;

    private enum State {
        STARTING,
        OPEN,
        /** A write failed: nothing is taken until one succeeds. */
        BROKEN,
        CLOSED
    }

    private record Waiting(Submission submission, CompletableFuture<Receipt> receipt) {}

    /** Wakes the writer when the service stops: an interrupt could tear the database's file. */
    private static final Waiting LAST =
            new Waiting(new Submission(new Batch(List.of(), new int[0], List.of()), null), new CompletableFuture<>());

    /** Events that are stored, and identities that are known, as of one moment. */
    public record Kept(long storedEvents, long identities) {}

    private record End(long sequence, long events, @Nullable Instant lastReceived) {
        static End of(StoredBlock block) {
            return new End(block.sequence(), block.firstEvent() + block.eventCount(), block.receivedAt());
        }
    }

    private final JournalStore store;
    private final long account;
    private final Admission admission;
    private final Checkpoint checkpoint;
    private final Clock clock;
    private final Executor workers;
    private final Projector projector;
    private final IdentitySet identities = new IdentitySet(SEGMENT_BITS);
    private final IdentitySet pending = new IdentitySet(0);
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    /** Held by whoever writes. Fair, or a writer at full speed would keep {@link #alone} out. */
    private final ReentrantLock writing = new ReentrantLock(true);

    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread writer = new Thread(this::run, "journal");
    private volatile @Nullable UnreadBlocks unread;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private volatile State state = State.STARTING;
    private volatile End end = new End(0, 0, null);
    private volatile IntakeTotals totals = IntakeTotals.NOTHING;
    private volatile Kept kept = new Kept(0, 0);

    /** @param workers decodes blocks, and completes the futures handed out here */
    public Journal(
            JournalStore store,
            Admission admission,
            Projection projection,
            Checkpoint checkpoint,
            long account,
            Clock clock,
            Executor workers) {
        this.store = store;
        this.admission = admission;
        this.checkpoint = checkpoint;
        this.account = account;
        this.clock = clock;
        this.workers = workers;
        this.projector = new Projector(projection, this::freshness);
    }

    /** Completes when the stored blocks are replayed; exceptionally where that failed, and nothing will be taken. */
    public CompletableFuture<Void> opened() {
        return opened.copy();
    }

    /** Replays what is stored, on the calling thread, then opens the intake; see {@link #opened} for how it went. */
    void start() {
        try {
            open();
            opened.complete(null);
        } catch (RuntimeException e) {
            opened.completeExceptionally(e);
        }
    }

    private void open() {
        Instant begun = clock.instant();
        admission.open();
        long restored = restore();
        IdentityLoader loader = new IdentityLoader(identities);
        reading().after(restored, Long.MAX_VALUE, row -> load(row, loader), projector.projection()::replay);
        loader.finish();
        projector.projection().finishReplay();
        admission.opened();
        startThreads(restored);
        LOG.info(
                "journal open: {} events in {} blocks, replayed after {}, in {} ms",
                end.events,
                end.sequence,
                restored,
                Duration.between(begun, clock.instant()).toMillis());
    }

    /** The block up to which nothing needs to be read. */
    private long restore() {
        long sequence = checkpoint.sequence();
        if (sequence == 0) {
            return 0;
        }
        if (!checkpoint.restore(identities::addSegment)) {
            identities.clear();
            return 0;
        }
        end = End.of(store.block(account, sequence).orElseThrow());
        return sequence;
    }

    private void load(StoredBlock row, IdentityLoader loader) {
        loader.add(row);
        end = End.of(row);
    }

    private synchronized void startThreads(long restored) {
        kept = new Kept(end.events, identities.size());
        if (state == State.CLOSED) {
            throw new JournalException("closed before it was open", null);
        }
        projector.start(end.events);
        state = State.OPEN;
        writer.start();
        UnreadBlocks rest = new UnreadBlocks(reading(), restored, closing);
        rest.start();
        unread = rest;
    }

    private Replay reading() {
        return new Replay(store, account, workers, 2 * Runtime.getRuntime().availableProcessors());
    }

    private void remember(StoredBlock block) {
        identities.addAll(block.identities());
        end = End.of(block);
    }

    @Override
    public int parts() {
        return identities.segments();
    }

    @Override
    public byte[] part(int number) {
        try {
            if (!writing.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new JournalException("a commit did not end within " + PATIENCE.toSeconds() + " s", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JournalException("interrupted", e);
        }
        try {
            return identities.pack(number);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public long newestBlock() {
        return end.sequence;
    }

    /** Completes when the submission is durable, or with an {@link IntakeClosedException}. */
    public CompletableFuture<Receipt> submit(Submission submission) {
        Waiting waiting = new Waiting(submission, new CompletableFuture<>());
        queue.add(waiting);
        IntakeClosedException closed = closed();
        // Only its own: what else waits, LAST among it, is for the writer to take.
        if (closed != null && queue.remove(waiting)) {
            waiting.receipt.completeExceptionally(closed);
        }
        return waiting.receipt;
    }

    /** Why nothing is taken now; null = submissions are welcome. */
    public @Nullable IntakeClosedException closed() {
        if (projector.hasFailed()) {
            return new IntakeClosedException("the figures stopped: the service must be restarted", RETRY_BROKEN);
        }
        return switch (state) {
            case OPEN -> null;
            case STARTING -> new IntakeClosedException("the service is reading its journal", RETRY);
            case BROKEN -> new IntakeClosedException("the last write to the database failed", RETRY_BROKEN);
            case CLOSED -> new IntakeClosedException("the service is stopping", RETRY);
        };
    }

    @Override
    public boolean ready() {
        return state == State.OPEN || state == State.BROKEN;
    }

    @Override
    public Freshness freshness() {
        long projected = projector.projectedEvents();
        End now = end;
        return new Freshness(now.events, projected, now.lastReceived);
    }

    /** What is wrong with a stored block that no figure needed yet; null = nothing that was found so far. */
    public @Nullable String damage() {
        UnreadBlocks checked = unread;
        return checked == null ? null : checked.damage();
    }

    /** What was received and became durable since the start. */
    public IntakeTotals totals() {
        return totals;
    }

    /** As of the newest commit. */
    public Kept kept() {
        return kept;
    }

    @Override
    public CompletableFuture<Freshness> whenProjected(long events) {
        return projector.whenProjected(events);
    }

    @Override
    public void all(Consumer<Block> visitor) {
        reading().after(0, Long.MAX_VALUE, row -> {}, visitor);
    }

    @Override
    public Optional<Block> block(long sequence) {
        return store.block(account, sequence).map(BlockCodec::decode);
    }

    /** Finishes the commit or change that runs, refuses what waits, and returns when all threads have ended. */
    @Override
    public void close() {
        shut();
        try {
            if (writer.isAlive()) {
                queue.add(LAST);
                writer.join();
                projector.stop();
                stopReading();
                checkpoint.finish(this);
            }
            writing.lockInterruptibly();
            writing.unlock();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopReading() throws InterruptedException {
        UnreadBlocks reader = unread;
        if (reader != null) {
            reader.await();
        }
    }

    private synchronized void shut() {
        state = State.CLOSED;
        closing.countDown();
    }

    private void run() {
        try {
            while (state != State.CLOSED) {
                write(takeGroup());
            }
        } catch (InterruptedException closed) {
            LOG.debug("journal closed");
        } catch (RuntimeException | Error e) {
            LOG.error("journal stopped", e);
            state = State.CLOSED;
        }
        refuseWaiting(new IntakeClosedException("the service is stopping", RETRY));
    }

    private void write(List<Waiting> group) throws InterruptedException {
        writing.lock();
        try {
            commit(group);
            if (state == State.BROKEN) {
                recover();
            }
        } finally {
            writing.unlock();
        }
    }

    /**
     * Runs a change of what is stored, while nothing else is written and all that is durable is projected. If the
     * database fails meanwhile, then once writes succeed again the change is run again: it must be able to begin anew
     * when it is unknown how far it came. Waits for its turn.
     *
     * @throws IntakeClosedException where nothing can be written now
     */
    public void alone(Runnable change) throws IntakeClosedException, InterruptedException {
        requireOpen();
        writing.lock();
        try {
            projector.await(end.events);
            StoreException failure = attempt(change);
            for (int again = 0; failure != null; again++) {
                broken();
                LOG.error("a change of what is stored failed; nothing is taken until a write succeeds", failure);
                recover();
                if (again == ATTEMPTS) {
                    throw failure;
                }
                failure = attempt(change);
            }
        } finally {
            writing.unlock();
        }
    }

    private @Nullable StoreException attempt(Runnable change) throws IntakeClosedException {
        requireOpen();
        try {
            change.run();
            return null;
        } catch (StoreException e) {
            return e;
        }
    }

    private void requireOpen() throws IntakeClosedException {
        IntakeClosedException closed = closed();
        if (closed != null) {
            throw closed;
        }
    }

    private List<Waiting> takeGroup() throws InterruptedException {
        List<Waiting> group = new ArrayList<>();
        Waiting next = queue.take();
        long bytes = 0;
        while (next != null) {
            group.add(next);
            bytes += bytes(next.submission.batch().events());
            next = bytes < COMMIT_BYTES ? queue.poll() : null;
        }
        return group;
    }

    private static long bytes(List<AcceptedEvent> events) {
        long bytes = 0;
        for (AcceptedEvent event : events) {
            bytes += event.rawLength;
        }
        return bytes;
    }

    private void commit(List<Waiting> group) throws InterruptedException {
        Commit commit =
                new Commit(admission, identities, pending, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        List<Receipt> receipts = new ArrayList<>(group.size());
        for (Waiting waiting : group) {
            receipts.add(commit.add(waiting.submission, end.events));
        }
        List<Block> blocks = blocks(commit);
        try {
            write(commit, blocks);
        } catch (StoreException e) {
            breakOff(group, e);
            return;
        }
        totals = totals.plus(commit.totals());
        kept = new Kept(end.events, identities.size());
        for (int i = 0; i < group.size(); i++) {
            Receipt receipt = receipts.get(i);
            group.get(i).receipt.completeAsync(() -> receipt, workers);
        }
        for (Block block : blocks) {
            projector.hand(block);
        }
    }

    private List<Block> blocks(Commit commit) {
        List<Block> blocks = new ArrayList<>();
        List<AcceptedEvent> events = commit.events();
        End last = end;
        long rest = bytes(events);
        int start = 0;
        while (start < events.size()) {
            int stop = endOfBlock(events, start, rest);
            rest -= bytes(events.subList(start, stop));
            Block block = new Block(
                    last.sequence + blocks.size() + 1,
                    last.events + start,
                    commit.receivedAt(),
                    List.copyOf(events.subList(start, stop)));
            blocks.add(block);
            start = stop;
        }
        return blocks;
    }

    /**
     * The end of a large commit is a block of its own: H2 writes the last row of a table once more with the next commit,
     * and would it be a large one, half of the file were what was written twice.
     */
    private static int endOfBlock(List<AcceptedEvent> events, int start, long rest) {
        long most = rest > 2 * LAST_BLOCK_BYTES ? Math.min(BLOCK_BYTES, rest - LAST_BLOCK_BYTES) : rest + 1;
        long bytes = events.get(start).rawLength;
        int stop = start + 1;
        while (stop < events.size() && bytes + events.get(stop).rawLength < most) {
            bytes += events.get(stop).rawLength;
            stop++;
        }
        return stop;
    }

    private void write(Commit commit, List<Block> blocks) {
        if (commit.isEmpty()) {
            return;
        }
        List<StoredBlock> rows =
                blocks.stream().map(block -> BlockCodec.encode(account, block)).toList();
        store.append(account, rows, commit.rejected(), commit.mended());
        rows.forEach(this::remember);
    }

    /** Whether the commit arrived is unknown: the senders will send again, and what did arrive then is a duplicate. */
    private void breakOff(List<Waiting> group, StoreException cause) {
        broken();
        LOG.error("a write after block {} failed; nothing is taken until one succeeds", end.sequence, cause);
        IntakeClosedException closed = new IntakeClosedException("the write to the database failed", RETRY_BROKEN);
        group.forEach(waiting -> waiting.receipt.completeExceptionally(closed));
        refuseWaiting(closed);
    }

    private synchronized void broken() {
        if (state == State.OPEN) {
            state = State.BROKEN;
        }
    }

    private void recover() throws InterruptedException {
        while (!closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
            try {
                store.reopen(account);
                List<StoredBlock> rows = new ArrayList<>();
                List<Block> found = new ArrayList<>();
                reading().after(end.sequence, Long.MAX_VALUE, rows::add, found::add);
                rows.forEach(this::remember);
                for (Block block : found) {
                    projector.hand(block);
                }
                reopened();
                LOG.info("writes succeed again after block {}", end.sequence);
                return;
            } catch (StoreException e) {
                LOG.warn("still no write possible, trying again in {} s: {}", RETRY.toSeconds(), e.getMessage());
            }
        }
    }

    private synchronized void reopened() {
        if (state == State.BROKEN) {
            state = State.OPEN;
        }
    }

    private void refuseWaiting(IntakeClosedException closed) {
        for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
            next.receipt.completeExceptionally(closed);
        }
    }
}
