package io.milepost.analytics.event;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;

/**
 * Hashes of JSON values that are equal where the values are: the order of an object's keys, its nulls, escapes in
 * strings and the way a number is written make no difference. They are stored with each event, so they may never change.
 */
final class ContentHash {

    static final long TRUE = mix(1);
    static final long FALSE = mix(2);
    static final long EMPTY_OBJECT = 3;
    static final long EMPTY_ARRAY = 4;
    static final long NULL = mix(5);
    private static final long NUMBER = 6;
    private static final Hasher64 CHARS = Hashing.xxh3_64();
    private static final long SMALL = 1_000_000_000_000_000_000L;
    private static final int SMALL_DIGITS = 18;

    private ContentHash() {}

    static long ofText(String text) {
        return CHARS.hashCharsToLong(text);
    }

    /** A field's part in its object's hash: add them up, in any order. */
    static long ofField(String name, long value) {
        return ofField(ofText(name), value);
    }

    static long ofField(long nameHash, long value) {
        return mix(nameHash + mix(value));
    }

    /** One more element: order matters. */
    static long append(long array, long element) {
        return mix(array * 31 + element);
    }

    static long ofObject(long sumOfFields) {
        return mix(sumOfFields);
    }

    static int ofEvent(String type, long time, long data) {
        long hash = mix(mix(CHARS.hashCharsToLong(type) + time) + data);
        return (int) (hash ^ hash >>> 32);
    }

    static boolean isSmall(long value) {
        return value > -SMALL && value < SMALL;
    }

    /** Of a whole number that {@link #isSmall}. */
    static long ofSmall(long value) {
        long digits = value;
        long exponent = 0;
        while (digits != 0 && digits % 10 == 0) {
            digits /= 10;
            exponent++;
        }
        return ofScaled(digits, exponent);
    }

    /** Of any JSON number as written; linear in its length, however large its exponent. */
    static long ofNumber(String text) {
        int end = indexOfExponent(text);
        StringBuilder digits = new StringBuilder(end);
        long scale = 0;
        boolean fraction = false;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                fraction = true;
            } else if (c != '-') {
                scale -= fraction ? 1 : 0;
                if (c != '0' || !digits.isEmpty()) {
                    digits.append(c);
                }
            }
        }
        while (!digits.isEmpty() && digits.charAt(digits.length() - 1) == '0') {
            digits.setLength(digits.length() - 1);
            scale++;
        }
        if (digits.isEmpty()) {
            return ofScaled(0, 0);
        }
        return ofDigits(digits.toString(), text.charAt(0) == '-', scale, exponent(text, end));
    }

    private static long ofDigits(String digits, boolean negative, long scale, String exponent) {
        long power = 0;
        long vast = 0;
        if (exponent.length() > SMALL_DIGITS) {
            vast = CHARS.hashCharsToLong(exponent);
        } else if (!exponent.isEmpty()) {
            power = Long.parseLong(exponent);
        }
        if (digits.length() <= SMALL_DIGITS) {
            long value = Long.parseLong(digits);
            return ofScaled(negative ? -value : value, scale + power) + vast;
        }
        return mix(CHARS.hashCharsToLong(digits) + scale + power + (negative ? 1 : 0)) + vast;
    }

    private static long ofScaled(long digits, long exponent) {
        return mix(mix(digits + NUMBER) + exponent);
    }

    private static int indexOfExponent(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ((text.charAt(i) | 0x20) == 'e') {
                return i;
            }
        }
        return text.length();
    }

    /** Sign and digits without leading zeros or plus. */
    private static String exponent(String text, int at) {
        if (at == text.length()) {
            return "";
        }
        int i = at + 1;
        boolean negative = text.charAt(i) == '-';
        if (negative || text.charAt(i) == '+') {
            i++;
        }
        while (i < text.length() && text.charAt(i) == '0') {
            i++;
        }
        String digits = text.substring(i);
        return negative && !digits.isEmpty() ? "-" + digits : digits;
    }

    private static long mix(long value) {
        long x = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
        return x ^ x >>> 31;
    }
}
