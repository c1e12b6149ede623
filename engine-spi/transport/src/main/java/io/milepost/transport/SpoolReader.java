package io.milepost.transport;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the front of the spool. Guarded by its turn; the spool's own lock is taken inside that, never around it. */
final class SpoolReader {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private final Spool spool;
    /** Held by who takes. */
    final ReentrantLock turn = new ReentrantLock();

    private @Nullable Segment segment;
    private @Nullable RandomAccessFile file;
    private long offset;

    SpoolReader(Spool spool) {
        this.spool = spool;
    }

    /** From {@link Spool#taken} on; there is at least one event. If this throws, the next call begins there again. */
    Chunk nextChunk(int mostEvents, int mostBytes) throws IOException {
        try {
            return read(mostEvents, mostBytes);
        } catch (IOException unreadable) {
            segment = null;
            throw unreadable;
        }
    }

    private Chunk read(int mostEvents, int mostBytes) throws IOException {
        long first = spool.taken();
        List<byte[]> parts = new ArrayList<>();
        long number = first;
        int count = 0;
        int size = 0;
        while (number < spool.next() && count < mostEvents && size < mostBytes) {
            Segment current = segmentOf(number);
            Found found = find(current, number);
            if (count > 0 && (count + found.count > mostEvents || size + found.lines.length > mostBytes)) {
                break;
            }
            offset = found.endOffset;
            number = found.endNumber;
            if (found.count > 0) {
                parts.add(found.lines);
                count += found.count;
                size += found.lines.length;
            }
        }
        byte[] lines = parts.size() == 1 ? parts.get(0) : join(parts, size);
        int lost = (int) Math.max(0, number - first - count);
        return new Chunk(first, number, lost, new Chunk.Lines(lines, 0, size, count));
    }

    void close() throws IOException {
        turn.lock();
        try {
            if (file != null) {
                file.close();
                file = null;
            }
        } finally {
            turn.unlock();
        }
    }

    /** Opens the segment that holds that event. */
    private Segment segmentOf(long number) throws IOException {
        Segment holding = spool.segmentWith(number);
        if (holding != segment) {
            if (file != null) {
                file.close();
            }
            file = new RandomAccessFile(holding.file.toFile(), "r");
            segment = holding;
            offset = 0;
        }
        return holding;
    }

    /** The frame that has that event, or the hole in its place. */
    private Found find(Segment current, long number) throws IOException {
        Spool.Extent extent = spool.extentOf(current);
        long at = offset;
        while (at < extent.length()) {
            Found found = frameAt(at, extent.length());
            if (found == null) {
                return hole(current, at, number, extent);
            }
            if (found.endNumber > number) {
                return found;
            }
            at = found.endOffset;
        }
        return hole(current, at, number, extent);
    }

    private @Nullable Found frameAt(long at, long length) throws IOException {
        if (length - at < Frame.HEADER) {
            return null;
        }
        Frame frame = Frame.header(readBytes(at, Frame.HEADER), 0);
        if (frame == null || frame.length() > length - at - Frame.HEADER) {
            return null;
        }
        byte[] lines = readBytes(at + Frame.HEADER, frame.length());
        return frame.holds(lines, 0)
                ? new Found(at + Frame.HEADER + frame.length(), frame.end(), frame.count(), lines)
                : null;
    }

    /** Up to the next frame that is whole, or the segment's end: never skipped in silence. */
    private Found hole(Segment current, long at, long number, Spool.Extent extent) throws IOException {
        current.damaged = true;
        byte[] rest = readBytes(at, (int) (extent.length() - at));
        SpoolTail.Whole whole = SpoolTail.nextWhole(rest, 1, number);
        long endNumber = whole == null ? extent.end() : whole.frame().first();
        long endOffset = whole == null ? extent.length() : at + whole.offset();
        LOG.error(
                "Spool segment {} is damaged at position {}: {} events in {} bytes are lost; the file is kept as {}.damaged",
                current.name(),
                at,
                endNumber - number,
                endOffset - at,
                current.name());
        return new Found(endOffset, endNumber, 0, new byte[0]);
    }

    private byte[] readBytes(long at, int count) throws IOException {
        byte[] read = new byte[count];
        RandomAccessFile open = file;
        if (open != null) {
            open.seek(at);
            open.readFully(read);
        }
        return read;
    }

    private byte[] join(List<byte[]> parts, int size) {
        byte[] joined = new byte[size];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Found(long endOffset, long endNumber, int count, byte[] lines) {}
}
