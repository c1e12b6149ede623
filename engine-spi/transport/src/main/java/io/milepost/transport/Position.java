package io.milepost.transport;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The number of the first event that is not acknowledged, on disk. Two slots are written in turn, so that a halt in the
 * middle of a write leaves the other; with neither readable all of the spool is sent again, which changes no figure.
 */
final class Position implements AutoCloseable {
    private static final int SLOT = 20;

    private final RandomAccessFile file;
    private long turn;
    private long value;

    Position(Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "rw");
        byte[] slots = new byte[2 * SLOT];
        int read = (int) Math.min(file.length(), slots.length);
        file.readFully(slots, 0, read);
        read(slots, 0);
        read(slots, SLOT);
    }

    long value() {
        return value;
    }

    void write(long acknowledged) throws IOException {
        ByteBuffer slot = ByteBuffer.allocate(SLOT).putLong(++turn).putLong(acknowledged);
        slot.putInt(crc(slot.array(), 0));
        file.seek(turn % 2 * SLOT);
        file.write(slot.array());
        value = acknowledged;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void read(byte[] slots, int offset) {
        int expected = crc(slots, offset);
        ByteBuffer slot = ByteBuffer.wrap(slots, offset, SLOT);
        long slotTurn = slot.getLong();
        long slotValue = slot.getLong();
        if (slot.getInt() == expected && slotTurn > turn) {
            turn = slotTurn;
            value = slotValue;
        }
    }

    private static int crc(byte[] bytes, int offset) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, SLOT - 4);
        return (int) crc.getValue();
    }
}
