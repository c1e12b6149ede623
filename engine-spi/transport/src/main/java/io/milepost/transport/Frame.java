package io.milepost.transport;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A run of events as the spool keeps it: a header of 24 bytes, then the events, one a line.
 *
 * <pre>
 *  0 int  length of the lines in bytes
 *  4 int  number of events
 *  8 long number of the first event, counted over the life of the spool
 * 16 int  CRC-32C of the lines
 * 20 int  CRC-32C of bytes 0 to 19
 * </pre>
 *
 * <p>The header's own checksum lets a reader trust length and count where the lines are damaged, and find the next frame
 * where the header is. The running number tells exactly how many events a hole had.
 */
record Frame(int length, int count, long first, int linesCrc) {
    static final int HEADER = 24;

    long end() {
        return first + count;
    }

    /** Fills in the header in front of the lines, which begin at {@link #HEADER}. */
    static void seal(byte[] frame, int linesLength, int count, long first) {
        ByteBuffer header = ByteBuffer.wrap(frame, 0, HEADER);
        header.putInt(linesLength).putInt(count).putLong(first).putInt(crc(frame, HEADER, linesLength));
        header.putInt(crc(frame, 0, HEADER - 4));
    }

    /** The header there, or null if those bytes are none. */
    static @Nullable Frame header(byte[] bytes, int offset) {
        ByteBuffer header = ByteBuffer.wrap(bytes, offset, HEADER);
        Frame frame = new Frame(header.getInt(), header.getInt(), header.getLong(), header.getInt());
        boolean valid = header.getInt() == crc(bytes, offset, HEADER - 4) && frame.length >= 0 && frame.count > 0;
        return valid ? frame : null;
    }

    boolean holds(byte[] bytes, int offset) {
        return linesCrc == crc(bytes, offset, length);
    }

    private static int crc(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }
}
