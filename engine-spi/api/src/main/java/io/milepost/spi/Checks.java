package io.milepost.spi;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The rules of the vocabulary, each refusing with the field's name and what was expected, never with the value. */
final class Checks {
    static final int LONGEST_ID = 200;
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /** Looked up: which kind of character comes next in an engine's name can't be guessed, and a wrong guess costs most. */
    private static final boolean[] PLAIN_IN_A_PATH = plainInAPath();

    private Checks() {}

    static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is required");
        }
        return value;
    }

    static void id(String field, @Nullable String value) {
        String id = present(field, value);
        if (isPlain(id)) {
            return;
        }
        text(field, id);
        if (id.isEmpty() || id.length() > LONGEST_ID && id.codePointCount(0, id.length()) > LONGEST_ID) {
            throw new IllegalArgumentException(
                    field + " must have 1 to 200 characters, not " + id.codePointCount(0, id.length()));
        }
        for (int i = 0; i < id.length(); i++) {
            if (Character.isISOControl(id.charAt(i))) {
                throw new IllegalArgumentException(field + " must not have control characters, as at " + i);
            }
        }
    }

    /** Of almost every id; spares looking at it three times. */
    private static boolean isPlain(String id) {
        int length = id.length();
        for (int i = 0; i < length; i++) {
            char c = id.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return length > 0 && length <= LONGEST_ID;
    }

    static void optionalId(String field, @Nullable String value) {
        if (value != null) {
            id(field, value);
        }
    }

    static void text(String field, @Nullable String value) {
        String text = present(field, value);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
                    throw new IllegalArgumentException(field + " must not have lone surrogates, as at " + i);
                }
                i++;
            }
        }
    }

    static void optionalText(String field, @Nullable String value) {
        if (value != null) {
            text(field, value);
        }
    }

    static void word(String field, @Nullable String value) {
        id(field, value);
        if (value == null || !isWord(value)) {
            throw new IllegalArgumentException(
                    field + " must be a lower-case word: a letter, then letters, digits, - and _");
        }
    }

    static void optionalWord(String field, @Nullable String value) {
        if (value != null) {
            word(field, value);
        }
    }

    static void atLeast(String field, long least, long value) {
        if (value < least) {
            throw new IllegalArgumentException(field + " must be at least " + least + ", not " + value);
        }
    }

    static void uriReference(String field, String value) {
        if (isPlainPath(value)) {
            return;
        }
        id(field, value);
        try {
            new URI(value);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    field + " must be a URI-reference such as /engines/acme/prod-1: " + e.getReason(), e);
        }
    }

    static void time(String field, @Nullable Instant value) {
        Instant time = present(field, value);
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new IllegalArgumentException(field + " must be in the years 0000 to 9999 UTC");
        }
    }

    private static boolean isWord(String value) {
        if (!isLetter(value.charAt(0))) {
            return false;
        }
        for (int i = 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!(isLetter(c) || c >= '0' && c <= '9' || c == '-' || c == '_')) {
                return false;
            }
        }
        return true;
    }

    /** Of almost every source; spares parsing it for each event. */
    private static boolean isPlainPath(@Nullable String value) {
        if (value == null || value.isEmpty() || value.length() > LONGEST_ID || value.startsWith("//")) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= PLAIN_IN_A_PATH.length || !PLAIN_IN_A_PATH[c]) {
                return false;
            }
        }
        return true;
    }

    private static boolean[] plainInAPath() {
        boolean[] plain = new boolean[128];
        for (char c : "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./".toCharArray()) {
            plain[c] = true;
        }
        return plain;
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z';
    }
}
