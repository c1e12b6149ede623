package io.milepost.analytics.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Hands a file to the disk piece by piece: a commit that syncs meanwhile finds little that was left to be written. */
final class PacedOutput extends OutputStream {

    private static final int PIECE = 8 << 20;

    private final FileChannel file;
    private int unsynced;

    PacedOutput(FileChannel file) {
        this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
        while (rest.hasRemaining()) {
            file.write(rest);
        }
        unsynced += length;
        if (unsynced >= PIECE) {
            file.force(false);
            unsynced = 0;
        }
    }
}
