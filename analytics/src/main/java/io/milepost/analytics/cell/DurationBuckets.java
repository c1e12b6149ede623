package io.milepost.analytics.cell;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * Durations of one cell: how many, their exact sum, and log-spaced buckets that can be added and taken back. A bucket's
 * value stands for all in it within 0.75 %. The extremes are exact until one of them is taken back; then they wait to be
 * found again. One writer.
 */
public final class DurationBuckets {

    private static final double GROWTH = 1.015;
    private static final double LOG_GROWTH = Math.log(GROWTH);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private short[] buckets = new short[2];
    private int[] counts = new int[2];
    private int used;
    private long count;
    private long sumMillis;
    private long sumNanos;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    private boolean extremesKnown = true;

    void add(long nanos) {
        change(nanos, 1);
        min = Math.min(min, nanos);
        max = Math.max(max, nanos);
    }

    void remove(long nanos) {
        change(nanos, -1);
        if (count == 0) {
            extremes(Long.MAX_VALUE, Long.MIN_VALUE);
        } else if (nanos == min || nanos == max) {
            extremesKnown = false;
        }
    }

    public void addAll(DurationBuckets other) {
        for (int i = 0; i < other.used; i++) {
            bump(other.buckets[i], other.counts[i]);
        }
        count += other.count;
        sumMillis += other.sumMillis;
        sumNanos += other.sumNanos;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
    }

    void extremes(long least, long greatest) {
        min = least;
        max = greatest;
        extremesKnown = true;
    }

    public boolean extremesKnown() {
        return extremesKnown;
    }

    public long count() {
        return count;
    }

    /** Nanoseconds; only where there is any. */
    public long min() {
        return min;
    }

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
    public double percentile(double percent) {
        long rank = Math.max(1, (long) Math.ceil(percent / 100 * count));
        long seen = 0;
        int at = 0;
        while (at < used - 1 && seen + counts[at] < rank) {
            seen += counts[at++];
        }
        return Math.min(Math.max(value(buckets[at]), min), max);
    }

    private void change(long nanos, int by) {
        bump(bucket(nanos), by);
        count += by;
        sumMillis += by * (nanos / NANOS_PER_MILLI);
        sumNanos += by * (nanos % NANOS_PER_MILLI);
    }

    private void bump(short bucket, int by) {
        int at = Arrays.binarySearch(buckets, 0, used, bucket);
        if (at >= 0) {
            counts[at] += by;
            if (counts[at] == 0) {
                drop(at);
            }
            return;
        }
        at = -at - 1;
        if (used == buckets.length) {
            buckets = Arrays.copyOf(buckets, used * 2);
            counts = Arrays.copyOf(counts, used * 2);
        }
        System.arraycopy(buckets, at, buckets, at + 1, used - at);
        System.arraycopy(counts, at, counts, at + 1, used - at);
        buckets[at] = bucket;
        counts[at] = by;
        used++;
    }

    private void drop(int at) {
        System.arraycopy(buckets, at + 1, buckets, at, used - at - 1);
        System.arraycopy(counts, at + 1, counts, at, used - at - 1);
        used--;
    }

    /** Bucket b > 0 holds GROWTH^(b-2) < nanos <= GROWTH^(b-1); bucket 0 holds 0. */
    private static short bucket(long nanos) {
        return nanos == 0 ? 0 : (short) (1 + Math.ceil(Math.log(nanos) / LOG_GROWTH));
    }

    private static double value(short bucket) {
        return bucket == 0 ? 0 : 2 * Math.exp((bucket - 1) * LOG_GROWTH) / (1 + GROWTH);
    }
}
