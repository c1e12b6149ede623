package io.milepost.analytics.history;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Numbers, texts and bytes one after the other, in frames that are compressed and checked each on its own. {@link
 * PackedReader} is its other half. One thread.
 */
public final class PackedWriter {

    static final int FRAME = 1 << 20;
    /** Of a frame: its length as read, its length as stored, CRC32C of what is stored. */
    static final int HEAD = 3 * Integer.BYTES;

    static final int LONGEST_NUMBER = 10;
    private static final int LEVEL = 1;

    private final OutputStream to;
    private final byte[] frame = new byte[FRAME];
    private final byte[] packed = new byte[HEAD + (int) Zstd.compressBound(FRAME)];
    private int length;

    public PackedWriter(OutputStream to) {
        this.to = to;
    }

    /** Small where the number is small and not negative. */
    public void number(long value) throws IOException {
        room(LONGEST_NUMBER);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            frame[length++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        frame[length++] = (byte) rest;
    }

    /** Small where the number is near 0. */
    public void signed(long value) throws IOException {
        number(value << 1 ^ value >> 63);
    }

    public void text(String text) throws IOException {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public void bytes(byte[] bytes) throws IOException {
        number(bytes.length);
        int at = 0;
        while (at < bytes.length) {
            room(1);
            int some = Math.min(bytes.length - at, FRAME - length);
            System.arraycopy(bytes, at, frame, length, some);
            length += some;
            at += some;
        }
    }

    public void decimal(BigDecimal decimal) throws IOException {
        signed(decimal.scale());
        bytes(decimal.unscaledValue().toByteArray());
    }

    /** Writes what is left; leaves the stream open. */
    public void end() throws IOException {
        flush();
    }

    private void room(int bytes) throws IOException {
        if (length + bytes > FRAME) {
            flush();
        }
    }

    private void flush() throws IOException {
        int stored = (int) Zstd.compressByteArray(packed, HEAD, packed.length - HEAD, frame, 0, length, LEVEL);
        CRC32C crc = new CRC32C();
        crc.update(packed, HEAD, stored);
        ByteBuffer.wrap(packed).putInt(length).putInt(stored).putInt((int) crc.getValue());
        to.write(packed, 0, HEAD + stored);
        length = 0;
    }
}
