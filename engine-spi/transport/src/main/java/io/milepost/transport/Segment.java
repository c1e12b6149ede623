package io.milepost.transport;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One file of the spool, named after the number of its first event. {@link RandomAccessFile}, as an interrupt of the
 * engine's thread would close a channel under everybody.
 */
final class Segment {
    static final String SUFFIX = ".spool";

    final Path file;
    final long first;
    /** Bytes that are whole; beyond may be the rest of a write that failed. */
    long length;
    /** Number of the event after the last. */
    long end;

    boolean damaged;

    Segment(Path file, long first, long length, long end) {
        this.file = file;
        this.first = first;
        this.length = length;
        this.end = end;
    }

    static Path file(Path folder, long first) {
        return folder.resolve(String.format("%019d", first) + SUFFIX);
    }

    static long first(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    /** All is delivered. A damaged file is kept under another name, for people. */
    void discard() throws IOException {
        if (damaged) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".damaged"));
        } else {
            Files.deleteIfExists(file);
        }
    }

    String name() {
        return file.getFileName().toString();
    }
}
