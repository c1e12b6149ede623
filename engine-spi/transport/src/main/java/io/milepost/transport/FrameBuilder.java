package io.milepost.transport;

import io.milepost.spi.JourneyEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Gathers events into one frame, again and again in the same memory. One thread at a time. */
final class FrameBuilder {
    private final int mostEvents;
    private final int mostBytes;
    private final Buffer buffer = new Buffer();
    private CloudEvents.Lines lines;
    private int count;

    FrameBuilder(int mostEvents, int mostBytes) {
        this.mostEvents = mostEvents;
        this.mostBytes = mostBytes;
        this.lines = newLines();
    }

    /** An event that can't be written is counted as dropped; the frame is then as it was before. */
    void add(JourneyEvent event, Ledger ledger) {
        int before = buffer.size;
        try {
            lines.write(event);
            lines.flush();
            count++;
        } catch (IOException | RuntimeException unwritable) {
            lines = newLines();
            buffer.size = before;
            ledger.failed("writing an event as JSON", unwritable);
            ledger.dropped(DropReason.UNWRITABLE, 1);
        }
    }

    boolean isFull() {
        return count >= mostEvents || buffer.size >= mostBytes;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    /** Bytes of the frame with its header. */
    int length() {
        return buffer.size;
    }

    /** The frame, its first event having that number; valid until {@link #clear}. */
    byte[] sealed(long first) {
        Frame.seal(buffer.bytes, buffer.size - Frame.HEADER, count, first);
        return buffer.bytes;
    }

    void clear() {
        count = 0;
        buffer.size = Frame.HEADER;
    }

    private CloudEvents.Lines newLines() {
        try {
            return CloudEvents.lines(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException("memory doesn't refuse", e);
        }
    }

    private static final class Buffer extends OutputStream {
        private byte[] bytes = new byte[4096];
        private int size = Frame.HEADER;

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            if (size + length > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
            }
            System.arraycopy(from, offset, bytes, size, length);
            size += length;
        }
    }
}
