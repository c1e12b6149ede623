package io.milepost.transport;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that are on their way, on disk: appended in frames to numbered segments, taken in chunks from the front,
 * forgotten once acknowledged. Survives the end of the process at any moment; what the operating system has not yet
 * written when the power fails is lost.
 *
 * <p>Any thread. One process at a time.
 */
final class Spool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    /** What became of a frame. */
    enum Appended {
        YES,
        /** The spool is at its cap: there is room again once something is acknowledged. */
        FULL,
        /** Others are writing, and did so for too long. */
        BUSY,
        CLOSED
    }

    private final Path folder;
    private final long capacity;
    private final int segmentBytes;
    private final RandomAccessFile lockFile;
    private final Position position;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();
    private final Condition acknowledged = lock.newCondition();

    // All guarded by lock.
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final TreeMap<Long, Long> deliveredAhead = new TreeMap<>();
    private @Nullable RandomAccessFile writing;
    private long bytes;
    private long next;
    private long taken;
    private long hurriedTo;
    /** The number of events at which who takes is woken. */
    private long wantedNext;

    private boolean stopped;
    /** Written under lock, read without. */
    private volatile long appends;

    private boolean closed;

    private final SpoolReader reader;
    private final long tornBytes;

    private Spool(Path folder, long capacity) throws IOException {
        this.folder = folder;
        this.capacity = capacity;
        this.segmentBytes = (int) Math.min(16 << 20, capacity / 8);
        Files.createDirectories(folder);
        lockFile = new RandomAccessFile(folder.resolve("lock").toFile(), "rw");
        lockAgainstOthers();
        position = new Position(folder.resolve("position"));
        tornBytes = recover();
        reader = new SpoolReader(this);
    }

    /**
     * @throws IOException also where another process, or another spool of this one, has the folder
     */
    static Spool open(Path folder, long capacity) throws IOException {
        return new Spool(folder, capacity);
    }

    /** Bytes of an unfinished write that were cut off at the start. */
    long tornBytes() {
        return tornBytes;
    }

    /** Number of the event after the last. */
    long next() {
        return locked(() -> next);
    }

    /** Number of the first event that was not taken since the start. */
    long taken() {
        return locked(() -> taken);
    }

    Segment segmentWith(long number) {
        return locked(() -> segments.stream()
                .filter(candidate -> candidate.end > number)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no segment has event " + number)));
    }

    Extent extentOf(Segment segment) {
        return locked(() -> new Extent(segment.length, segment.end));
    }

    /** Events that are not acknowledged. */
    long waiting() {
        return locked(() -> next - position.value());
    }

    /** Whether a frame of that many bytes finds room at least in an empty spool. */
    boolean couldHold(int frameBytes) {
        return frameBytes <= capacity - segmentBytes;
    }

    /**
     * Writes the frame, or nothing of it.
     *
     * @param patience how long to wait for other writers without seeing them get on
     * @throws IOException if the disk refuses
     */
    Appended append(FrameBuilder frame, Duration patience) throws IOException, InterruptedException {
        if (!lockWithin(patience)) {
            return Appended.BUSY;
        }
        try {
            if (closed) {
                return Appended.CLOSED;
            }
            if (bytes + frame.length() > capacity) {
                return Appended.FULL;
            }
            write(frame);
            if (next >= wantedNext) {
                appended.signalAll();
            }
            return Appended.YES;
        } finally {
            lock.unlock();
        }
    }

    /** How often something was appended since the spool was opened. */
    long appends() {
        return appends;
    }

    /** Waits until there may be room again. */
    @SuppressWarnings("WaitNotInLoop") // who waits tries again anyway
    void awaitRoom(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            acknowledged.awaitNanos(longest.toNanos());
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next chunk, of at least one frame; waits for one. A chunk that is never acknowledged is taken again after a
     * restart.
     *
     * @param linger how long to wait for more once there is something
     * @return null once {@link #stopTaking} was called
     */
    @Nullable
    Chunk take(int mostEvents, int mostBytes, Duration linger) throws IOException, InterruptedException {
        reader.turn.lockInterruptibly();
        try {
            if (!awaitEvents(mostEvents, linger)) {
                return null;
            }
            Chunk chunk = reader.nextChunk(mostEvents, mostBytes);
            locked(() -> taken = chunk.end());
            return chunk;
        } finally {
            reader.turn.unlock();
        }
    }

    /** Everything of the chunk was answered for, or given up. */
    void acknowledge(Chunk chunk) throws IOException {
        lock.lock();
        try {
            deliveredAhead.merge(chunk.first(), chunk.end(), Math::max);
            long front = position.value();
            Map.Entry<Long, Long> delivered = deliveredAhead.firstEntry();
            while (delivered != null && delivered.getKey() <= front) {
                front = Math.max(front, delivered.getValue());
                deliveredAhead.pollFirstEntry();
                delivered = deliveredAhead.firstEntry();
            }
            if (front > position.value()) {
                position.write(front);
                discardDelivered();
                acknowledged.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all events before that number are acknowledged, and hurries them. False if time runs out. */
    boolean awaitAcknowledged(long number, Duration longest) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            hurriedTo = Math.max(hurriedTo, number);
            appended.signalAll();
            long left = longest.toNanos();
            while (position.value() < number) {
                if (left <= 0 || stopped) {
                    return false;
                }
                left = acknowledged.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** From now on {@link #take} gives nothing and {@link #awaitAcknowledged} doesn't wait. */
    void stopTaking() {
        lock.lock();
        try {
            stopped = true;
            appended.signalAll();
            acknowledged.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        stopTaking();
        reader.close();
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (writing != null) {
                writing.getFD().sync();
                writing.close();
            }
            position.close();
            lockFile.close();
        } finally {
            lock.unlock();
        }
    }

    private boolean lockWithin(Duration patience) throws InterruptedException {
        if (patience.isZero()) {
            return lock.tryLock();
        }
        long seen = appends;
        while (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            if (appends == seen) {
                return false;
            }
            seen = appends;
        }
        return true;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void write(FrameBuilder frame) throws IOException {
        RandomAccessFile file = fileFor(frame.length());
        Segment segment = segments.getLast();
        try {
            file.seek(segment.length);
            file.write(frame.sealed(next), 0, frame.length());
        } catch (IOException refused) {
            cutOff(file, segment);
            throw refused;
        }
        segment.length += frame.length();
        bytes += frame.length();
        next += frame.count();
        segment.end = next;
        appends++;
    }

    private static void cutOff(RandomAccessFile file, Segment segment) {
        try {
            file.setLength(segment.length);
        } catch (IOException alsoRefused) {
            LOG.debug(
                    "The rest of a failed write stays in {}: the next frame overwrites it",
                    segment.name(),
                    alsoRefused);
        }
    }

    /** The file of the last segment, which has room for so many bytes or is new. */
    private RandomAccessFile fileFor(int frameBytes) throws IOException {
        RandomAccessFile open = writing;
        Segment last = segments.peekLast();
        if (open != null && last != null && (last.length == 0 || last.length + frameBytes <= segmentBytes)) {
            return open;
        }
        writing = null;
        if (open != null) {
            open.close();
        }
        if (last != null && last.length == 0) {
            segments.removeLast();
        }
        Path file = Segment.file(folder, next);
        RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
        opened.setLength(0);
        segments.addLast(new Segment(file, next, 0, next));
        writing = opened;
        return opened;
    }

    private boolean awaitEvents(int mostEvents, Duration linger) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            wantedNext = taken + 1;
            while (!stopped && next <= taken) {
                appended.await();
            }
            wantedNext = taken + mostEvents;
            long left = linger.toNanos();
            while (!stopped && next - taken < mostEvents && hurriedTo <= taken && left > 0) {
                left = appended.awaitNanos(left);
            }
            return !stopped;
        } finally {
            lock.unlock();
        }
    }

    private void discardDelivered() {
        Segment oldest = segments.peekFirst();
        while (oldest != null && segments.size() > 1 && oldest.end <= position.value()) {
            segments.removeFirst();
            bytes -= oldest.length;
            try {
                oldest.discard();
            } catch (IOException kept) {
                LOG.warn("Delivered segment {} could not be deleted; the next start tries again", oldest.name(), kept);
            }
            oldest = segments.peekFirst();
        }
    }

    private void lockAgainstOthers() throws IOException {
        try {
            FileLock held = lockFile.getChannel().tryLock();
            if (held != null) {
                return;
            }
        } catch (OverlappingFileLockException here) {
            LOG.debug("Held in this process", here);
        }
        lockFile.close();
        throw new IOException("spool folder " + folder + " is in use by another transport: give each its own");
    }

    private long recover() throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(file -> file.toString().endsWith(Segment.SUFFIX))
                    .sorted()
                    .toList();
        }
        long torn = 0;
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            if (i + 1 < files.size()) {
                long end = Segment.first(files.get(i + 1));
                segments.addLast(new Segment(file, Segment.first(file), Files.size(file), end));
            } else {
                SpoolTail tail = SpoolTail.of(file);
                segments.addLast(new Segment(file, Segment.first(file), tail.length(), tail.end()));
                torn = tail.cut();
            }
        }
        Segment last = segments.peekLast();
        next = Math.max(position.value(), last == null ? 0 : last.end);
        for (Segment segment : segments) {
            bytes += segment.length;
        }
        forgetBefore(position.value());
        taken = position.value();
        return torn;
    }

    private void forgetBefore(long front) throws IOException {
        Segment oldest = segments.peekFirst();
        while (oldest != null && oldest.end <= front) {
            segments.removeFirst();
            bytes -= oldest.length;
            Files.deleteIfExists(oldest.file);
            oldest = segments.peekFirst();
        }
        long kept = oldest == null ? next : oldest.first;
        if (kept > front) {
            // No segment is as old as the position, which was unreadable or set back: begin with what there is.
            position.write(kept);
        }
    }

    private <T> T locked(Supplier<T> read) {
        lock.lock();
        try {
            return read.get();
        } finally {
            lock.unlock();
        }
    }

    /** Of a segment at one moment. */
    record Extent(long length, long end) {}
}
