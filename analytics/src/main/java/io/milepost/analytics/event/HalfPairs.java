package io.milepost.analytics.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names of fields that hold half a surrogate pair, as in {@code "\ud800"}. They are JSON, but the parser gives up at the
 * first of them, and with it a whole array for one event's sake.
 */
final class HalfPairs {

    private static final byte[] REPLACEMENT = "fffd".getBytes(StandardCharsets.US_ASCII);
    private static final int ESCAPE = "\\ud800".length();

    private final byte[] body;
    private final byte[] readable;
    private final List<Integer> places = new ArrayList<>();

    private HalfPairs(byte[] body) {
        this.body = body;
        this.readable = body.clone();
    }

    /** Those of the body, or null where it has none. Linear in its length. */
    static @Nullable HalfPairs in(byte[] body) {
        HalfPairs halves = new HalfPairs(body);
        halves.look();
        return halves.places.isEmpty() ? null : halves;
    }

    /** The body with other names, each byte else at its place. */
    byte[] readable() {
        return readable;
    }

    boolean isWithin(int offset, int length) {
        return places.stream().anyMatch(place -> place >= offset && place < offset + length);
    }

    private void look() {
        int at = 0;
        while (at < body.length) {
            if (body[at] != '"') {
                at++;
                continue;
            }
            int end = endOfText(at + 1);
            if (isColonNext(end + 1)) {
                lookInName(at + 1, Math.min(end, body.length));
            }
            at = end + 1;
        }
    }

    private int endOfText(int start) {
        int at = start;
        while (at < body.length && body[at] != '"') {
            at += body[at] == '\\' ? 2 : 1;
        }
        return at;
    }

    private boolean isColonNext(int start) {
        int at = start;
        while (at < body.length && (body[at] == ' ' || body[at] == '\t' || body[at] == '\r' || body[at] == '\n')) {
            at++;
        }
        return at < body.length && body[at] == ':';
    }

    private void lookInName(int start, int end) {
        int at = start;
        while (at < end) {
            int unit = escaped(at, end);
            if (unit < Character.MIN_SURROGATE || unit > Character.MAX_SURROGATE) {
                at += body[at] == '\\' ? 2 : 1;
            } else if (unit <= Character.MAX_HIGH_SURROGATE && isLow(escaped(at + ESCAPE, end))) {
                at += 2 * ESCAPE;
            } else {
                places.add(at);
                System.arraycopy(REPLACEMENT, 0, readable, at + 2, REPLACEMENT.length);
                at += ESCAPE;
            }
        }
    }

    private static boolean isLow(int unit) {
        return unit >= Character.MIN_LOW_SURROGATE && unit <= Character.MAX_LOW_SURROGATE;
    }

    /** The UTF-16 unit that is escaped there, or -1. */
    private int escaped(int at, int end) {
        if (at + ESCAPE > end || body[at] != '\\' || body[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + ESCAPE; i++) {
            int digit = Character.digit(body[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit * 16 + digit;
        }
        return unit;
    }
}
