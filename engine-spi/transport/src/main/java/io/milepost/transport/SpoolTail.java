package io.milepost.transport;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest segment as a start finds it: whole frames, perhaps damage between them, perhaps a write at its end that a
 * halt cut short.
 *
 * @param length bytes up to the end of the last whole frame
 * @param end number of the event after the last
 * @param cut bytes that were cut off behind that
 */
record SpoolTail(long length, long end, long cut) {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolTail.class);

    /** Reads the file and cuts its torn tail. Damage with whole frames behind it is no tail: it stays, to be told when read. */
    static SpoolTail of(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int length = 0;
        long end = Segment.first(file);
        Whole whole = nextWhole(bytes, 0, end);
        while (whole != null) {
            length = whole.offset() + Frame.HEADER + whole.frame().length();
            end = whole.frame().end();
            whole = nextWhole(bytes, length, end);
        }
        int cut = bytes.length - length;
        if (cut > 0) {
            LOG.warn("Spool segment {} ended in an unfinished write: {} bytes cut at position {}", file, cut, length);
            try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                open.setLength(length);
            }
        }
        return new SpoolTail(length, end, cut);
    }

    /** The first whole frame at or after {@code from} whose events are none before {@code number}; null if there is none. */
    static @Nullable Whole nextWhole(byte[] bytes, int from, long number) {
        for (int at = from; at + Frame.HEADER <= bytes.length; at++) {
            Frame frame = Frame.header(bytes, at);
            if (frame != null
                    && frame.first() >= number
                    && frame.length() <= bytes.length - at - Frame.HEADER
                    && frame.holds(bytes, at + Frame.HEADER)) {
                return new Whole(at, frame);
            }
        }
        return null;
    }

    record Whole(int offset, Frame frame) {}
}
