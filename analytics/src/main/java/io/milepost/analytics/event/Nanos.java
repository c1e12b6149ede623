package io.milepost.analytics.event;

import java.time.Instant;

/** Instants as nanoseconds since 1970-01-01T00:00:00Z. */
public final class Nanos {

    private static final long SECOND = 1_000_000_000L;

    private Nanos() {}

    /** @throws ArithmeticException before 1678 and after 2261 */
    public static long of(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
    }

    public static Instant toInstant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }
}
