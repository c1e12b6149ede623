package io.milepost.analytics.cell;

/** UTC days as numbers: 0 = 1970-01-01. */
public final class Days {

    public static final long NANOS = 86_400_000_000_000L;

    private Days() {}

    public static int of(long nanos) {
        return (int) Math.floorDiv(nanos, NANOS);
    }

    /** First instant of the day; saturates at the ends of what 64 bits of nanoseconds hold. */
    public static long start(int day) {
        if (day <= Long.MIN_VALUE / NANOS) {
            return Long.MIN_VALUE;
        }
        return day > Long.MAX_VALUE / NANOS ? Long.MAX_VALUE : day * NANOS;
    }
}
