package io.milepost.analytics.history;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Reads what {@link PackedWriter} wrote. A frame that is torn or altered is an {@code IOException} before anything is
 * read from it. One thread.
 */
public final class PackedReader {

    private final InputStream from;
    private final byte[] head = new byte[PackedWriter.HEAD];
    private final byte[] frame = new byte[PackedWriter.FRAME];
    private byte[] packed = new byte[0];
    private int at;
    private int limit;

    public PackedReader(InputStream from) {
        this.from = from;
    }

    public long number() throws IOException {
        fill();
        byte b = frame[at++];
        long value = b & 0x7F;
        for (int shift = 7; b < 0; shift += 7) {
            b = frame[at++];
            value |= (long) (b & 0x7F) << shift;
        }
        return value;
    }

    public long signed() throws IOException {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    /** A number that was an {@code int}. */
    public int count() throws IOException {
        return (int) number();
    }

    public String text() throws IOException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    public BigDecimal decimal() throws IOException {
        int scale = (int) signed();
        return new BigDecimal(new BigInteger(bytes()), scale);
    }

    public byte[] bytes() throws IOException {
        byte[] bytes = new byte[count()];
        int done = 0;
        while (done < bytes.length) {
            fill();
            int some = Math.min(bytes.length - done, limit - at);
            System.arraycopy(frame, at, bytes, done, some);
            at += some;
            done += some;
        }
        return bytes;
    }

    private void fill() throws IOException {
        if (at == limit) {
            next();
        }
    }

    private void next() throws IOException {
        read(head, head.length);
        ByteBuffer numbers = ByteBuffer.wrap(head);
        int length = numbers.getInt();
        int stored = numbers.getInt();
        int checksum = numbers.getInt();
        if (length <= 0 || length > frame.length || stored < 0 || stored > Zstd.compressBound(frame.length)) {
            throw new IOException("a frame's head is damaged");
        }
        if (packed.length < stored) {
            packed = new byte[stored];
        }
        read(packed, stored);
        CRC32C crc = new CRC32C();
        crc.update(packed, 0, stored);
        if ((int) crc.getValue() != checksum || unpack(stored, length) != length) {
            throw new IOException("a frame's checksum does not match");
        }
        at = 0;
        limit = length;
    }

    private long unpack(int stored, int length) throws IOException {
        try {
            return Zstd.decompressByteArray(frame, 0, length, packed, 0, stored);
        } catch (ZstdException e) {
            throw new IOException("a frame cannot be unpacked", e);
        }
    }

    private void read(byte[] into, int length) throws IOException {
        if (from.readNBytes(into, 0, length) < length) {
            throw new EOFException("the file ends within a frame");
        }
    }
}
