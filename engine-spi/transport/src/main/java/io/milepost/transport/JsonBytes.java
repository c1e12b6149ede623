package io.milepost.transport;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * JSON in UTF-8, written into an array that grows: what an event costs, on the engine's thread in strict mode, is mostly
 * this. Commas come by themselves; nothing checks that what was begun is ended. One thread at a time.
 */
final class JsonBytes {
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] HEX = ascii("0123456789ABCDEF");
    private static final int LONGEST_NUMBER = 20;
    private static final int LONGEST_ESCAPE = 6;
    private static final int EIGHT_DIGITS = 100_000_000;
    /** Of ten, as far as a long goes. */
    private static final long[] POWERS =
            LongStream.iterate(1, power -> 10 * power).limit(19).toArray();

    private byte[] bytes;
    private int size;
    private boolean follows;

    JsonBytes(int room) {
        bytes = new byte[room];
    }

    /** A field's name with its colon, made once. */
    static byte[] field(String name) {
        JsonBytes json = new JsonBytes(name.length() + 3);
        json.name(name);
        return json.copy();
    }

    int size() {
        return size;
    }

    /** What was written, and behind {@link #size} anything; valid until more is written. */
    byte[] array() {
        return bytes;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    /** Forgets all behind that; what is there at that place is anything, if it was not written. */
    void resize(int length) {
        room(Math.max(0, length - size));
        size = length;
        follows = false;
    }

    void endLine() {
        put('\n');
        follows = false;
    }

    void startObject() {
        start('{');
    }

    void endObject() {
        end('}');
    }

    void startArray() {
        start('[');
    }

    void endArray() {
        end(']');
    }

    /** @param field of {@link #field} */
    void name(byte[] field) {
        separate();
        raw(field);
        follows = false;
    }

    void name(String name) {
        text(name);
        put(':');
        follows = false;
    }

    /** @throws IllegalArgumentException if it has a lone surrogate */
    void text(String text) {
        separate();
        int length = text.length();
        room(length + 2);
        byte[] to = bytes;
        int at = size;
        to[at++] = '"';
        int i = 0;
        while (i < length && isPlain(text.charAt(i))) {
            to[at++] = (byte) text.charAt(i++);
        }
        size = at;
        if (i < length) {
            escaped(text, i);
        }
        put('"');
        follows = true;
    }

    void time(Instant time) {
        separate();
        room(Times.LONGEST + 2);
        bytes[size++] = '"';
        size = Times.write(time, bytes, size);
        bytes[size++] = '"';
        follows = true;
    }

    void number(long number) {
        separate();
        if (number < 0) {
            raw(ascii(Long.toString(number)));
        } else {
            digits(number);
        }
        follows = true;
    }

    void number(BigDecimal number) {
        value(ascii(number.toString()));
    }

    void truth(boolean value) {
        value(value ? TRUE : FALSE);
    }

    /** What was written from there to there, once more. */
    void again(int from, int to) {
        room(to - from);
        System.arraycopy(bytes, from, bytes, size, to - from);
        size += to - from;
        follows = true;
    }

    /** An object's beginning as it is, up to the value of a field. */
    void start(byte[] json) {
        separate();
        raw(json);
        follows = false;
    }

    /** A value as it is, or a field with its value. */
    void value(byte[] json) {
        separate();
        raw(json);
        follows = true;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c <= '~' && c != '"' && c != '\\';
    }

    private void start(char bracket) {
        separate();
        put(bracket);
        follows = false;
    }

    private void end(char bracket) {
        put(bracket);
        follows = true;
    }

    private void separate() {
        if (follows) {
            put(',');
        }
    }

    /** By ints of eight digits: a long's remainder costs several times as much. */
    private void digits(long number) {
        room(LONGEST_NUMBER);
        int end = size + length(number);
        int at = end;
        long rest = number;
        for (; rest >= EIGHT_DIGITS; rest /= EIGHT_DIGITS) {
            digits((int) (rest % EIGHT_DIGITS), at - 8, at);
            at -= 8;
        }
        digits((int) rest, size, at);
        size = end;
    }

    private void digits(int number, int from, int to) {
        int rest = number;
        for (int at = to - 1; at >= from; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static int length(long number) {
        int length = 1;
        while (length < POWERS.length && number >= POWERS[length]) {
            length++;
        }
        return length;
    }

    private void escaped(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            room(LONGEST_ESCAPE);
            char c = text.charAt(i);
            if (isPlain(c)) {
                bytes[size++] = (byte) c;
            } else if (c < 0x80) {
                escape(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                fourBytes(Character.toCodePoint(c, text.charAt(++i)));
            } else if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException("a lone surrogate at " + i);
            } else {
                twoOrThreeBytes(c);
            }
        }
    }

    private void escape(char c) {
        char brief =
                switch (c) {
                    case '"', '\\', 0x7f -> c;
                    case '\b' -> 'b';
                    case '\t' -> 't';
                    case '\n' -> 'n';
                    case '\f' -> 'f';
                    case '\r' -> 'r';
                    default -> 'u';
                };
        if (c != 0x7f) {
            bytes[size++] = '\\';
        }
        bytes[size++] = (byte) brief;
        if (brief == 'u') {
            bytes[size++] = '0';
            bytes[size++] = '0';
            bytes[size++] = HEX[c >> 4];
            bytes[size++] = HEX[c & 0xf];
        }
    }

    private void twoOrThreeBytes(char c) {
        if (c < 0x800) {
            bytes[size++] = (byte) (0xc0 | c >> 6);
        } else {
            bytes[size++] = (byte) (0xe0 | c >> 12);
            bytes[size++] = (byte) (0x80 | c >> 6 & 0x3f);
        }
        bytes[size++] = (byte) (0x80 | c & 0x3f);
    }

    private void fourBytes(int codePoint) {
        bytes[size++] = (byte) (0xf0 | codePoint >> 18);
        bytes[size++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
        bytes[size++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
        bytes[size++] = (byte) (0x80 | codePoint & 0x3f);
    }

    private void raw(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    private void put(char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
