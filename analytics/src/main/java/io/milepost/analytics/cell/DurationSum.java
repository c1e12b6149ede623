package io.milepost.analytics.cell;

import java.math.BigDecimal;
import java.math.MathContext;

/** Durations of several cells taken together. One thread. */
public final class DurationSum {

    private final long[] counts = new long[DurationBuckets.BUCKETS];
    private long count;
    private long sumMillis;
    private long sumNanos;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;

    void add(DurationBuckets durations) {
        durations.addTo(counts);
        count += durations.count();
        sumMillis += durations.sumMillis();
        sumNanos += durations.sumNanos();
    }

    void extremes(long least, long greatest) {
        min = Math.min(min, least);
        max = Math.max(max, greatest);
    }

    public long count() {
        return count;
    }

    /** Nanoseconds; only where there is any. */
    public long min() {
        return min;
    }

    /** Nanoseconds; only where there is any. */
    public long max() {
        return max;
    }

    /** Milliseconds. */
    public double mean() {
        if (sumNanos == 0 && Math.abs(sumMillis) < 1L << 53) {
            return (double) sumMillis / count;
        }
        return BigDecimal.valueOf(sumMillis)
                .add(BigDecimal.valueOf(sumNanos, 6))
                .divide(BigDecimal.valueOf(count), MathContext.DECIMAL64)
                .doubleValue();
    }

    /** The value at the nearest rank of {@code percent}, in nanoseconds, within 0.75 % and the extremes. */
    public double percentile(int percent) {
        long rank = Math.max(1, (percent * count + 99) / 100);
        long seen = 0;
        int bucket = -1;
        while (seen < rank) {
            seen += counts[++bucket];
        }
        return Math.min(Math.max(DurationBuckets.value(bucket), min), max);
    }
}
