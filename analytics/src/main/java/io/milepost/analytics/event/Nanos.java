package io.milepost.analytics.event;

import java.time.Instant;

/** Instants as nanoseconds since 1970-01-01T00:00:00Z; those beyond 64 bits saturate. */
public final class Nanos {

    private static final long SECOND = 1_000_000_000L;
    private static final Instant FIRST = toInstant(Long.MIN_VALUE);
    private static final Instant LAST = toInstant(Long.MAX_VALUE);

    private Nanos() {}

    /** {@code Long.MIN_VALUE} for what lies before 1677, {@code Long.MAX_VALUE} after 2262. */
    public static long of(Instant instant) {
        if (instant.isBefore(FIRST)) {
            return Long.MIN_VALUE;
        }
        if (instant.isAfter(LAST)) {
            return Long.MAX_VALUE;
        }
        // In this order, for the product alone may overflow near the first instant.
        return instant.getEpochSecond() < 0
                ? (instant.getEpochSecond() + 1) * SECOND + (instant.getNano() - SECOND)
                : instant.getEpochSecond() * SECOND + instant.getNano();
    }

    public static Instant toInstant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }
}
