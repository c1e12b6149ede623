package io.milepost.analytics.measure;

import java.time.Instant;

/** Instants as nanoseconds since 1970; those beyond 64 bits saturate. */
final class Instants {

    private static final Instant FIRST = instant(Long.MIN_VALUE);
    private static final Instant LAST = instant(Long.MAX_VALUE);

    private Instants() {}

    static long nanos(Instant instant) {
        if (instant.isBefore(FIRST)) {
            return Long.MIN_VALUE;
        }
        if (instant.isAfter(LAST)) {
            return Long.MAX_VALUE;
        }
        // In this order, for the product alone may overflow near the first instant.
        return instant.getEpochSecond() < 0
                ? (instant.getEpochSecond() + 1) * 1_000_000_000L + (instant.getNano() - 1_000_000_000L)
                : instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }
}
