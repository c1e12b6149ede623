package io.milepost.analytics.history;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** An id as bytes; a lower-case UUID takes 16 of them. Compared by code point of the text it stands for. */
public final class Text implements Comparable<Text> {

    private static final HexFormat HEX = HexFormat.of();

    private final byte[] in;
    private final int at;
    private final int length;
    private final boolean uuid;

    private Text(byte[] in, int at, int length, boolean uuid) {
        this.in = in;
        this.at = at;
        this.length = length;
        this.uuid = uuid;
    }

    public static Text of(String text) {
        if (isUuid(text)) {
            return new Text(pack(text), 0, 16, true);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Text(bytes, 0, bytes.length, false);
    }

    static Text read(byte[] in, int at, int length, boolean uuid) {
        return new Text(in, at, length, uuid);
    }

    int length() {
        return length;
    }

    boolean uuid() {
        return uuid;
    }

    void copyTo(byte[] to, int position) {
        System.arraycopy(in, at, to, position, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text that
                && uuid == that.uuid
                && Arrays.equals(in, at, at + length, that.in, that.at, that.at + that.length);
    }

    @Override
    public int hashCode() {
        int hash = length;
        for (int i = at; i < at + length; i++) {
            hash = hash * 31 + in[i];
        }
        return hash;
    }

    /** UTF-8 keeps the order of code points. */
    @Override
    public int compareTo(Text that) {
        if (uuid == that.uuid) {
            return Arrays.compareUnsigned(in, at, at + length, that.in, that.at, that.at + that.length);
        }
        return Arrays.compareUnsigned(
                toString().getBytes(StandardCharsets.UTF_8), that.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        if (!uuid) {
            return new String(in, at, length, StandardCharsets.UTF_8);
        }
        String hex = HEX.formatHex(in, at, at + 16);
        return String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20));
    }

    private static boolean isUuid(String text) {
        if (text.length() != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : (c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static byte[] pack(String uuid) {
        byte[] packed = new byte[16];
        int digit = 0;
        for (int i = 0; i < 36; i++) {
            char c = uuid.charAt(i);
            if (c != '-') {
                int value = c <= '9' ? c - '0' : c - 'a' + 10;
                packed[digit >> 1] |= (byte) ((digit & 1) == 0 ? value << 4 : value);
                digit++;
            }
        }
        return packed;
    }
}
