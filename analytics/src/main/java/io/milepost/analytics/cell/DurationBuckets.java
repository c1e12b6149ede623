package io.milepost.analytics.cell;

import io.milepost.analytics.history.PackedReader;
import io.milepost.analytics.history.PackedWriter;
import java.io.IOException;
import java.util.Arrays;

/**
 * Durations of one cell: how many, their exact sum, and log-spaced buckets that can be added and taken back. A bucket's
 * value stands for all in it within 0.75 %. The extremes are exact until one of them is taken back; then they wait to be
 * found again. One writer.
 */
public final class DurationBuckets {

    private static final long BARE_BYTES = 112;
    private static final double GROWTH = 1.015;
    private static final double LOG_GROWTH = Math.log(GROWTH);
    /** Enough for the longest duration that nanoseconds can tell. */
    static final int BUCKETS = 2 + (int) Math.ceil(Math.log(Long.MAX_VALUE) / LOG_GROWTH);

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

    void addTo(long[] sum) {
        for (int i = 0; i < used; i++) {
            sum[buckets[i]] += counts[i];
        }
    }

    void extremes(long least, long greatest) {
        min = least;
        max = greatest;
        extremesKnown = true;
    }

    boolean extremesKnown() {
        return extremesKnown;
    }

    long count() {
        return count;
    }

    long min() {
        return min;
    }

    long max() {
        return max;
    }

    long sumMillis() {
        return sumMillis;
    }

    /** What is left beside whole milliseconds. */
    long sumNanos() {
        return sumNanos;
    }

    /** What they take in memory, more or less. */
    long bytes() {
        return BARE_BYTES + (long) counts.length * (Integer.BYTES + Short.BYTES);
    }

    void write(PackedWriter to) throws IOException {
        to.number(used);
        for (int i = 0; i < used; i++) {
            to.number(buckets[i]);
            to.signed(counts[i]);
        }
        to.signed(count);
        to.signed(sumMillis);
        to.signed(sumNanos);
        to.signed(min);
        to.signed(max);
        to.number(extremesKnown ? 1 : 0);
    }

    static DurationBuckets read(PackedReader from) throws IOException {
        DurationBuckets durations = new DurationBuckets();
        int used = from.count();
        durations.buckets = new short[Math.max(1, used)];
        durations.counts = new int[Math.max(1, used)];
        durations.used = used;
        for (int i = 0; i < used; i++) {
            durations.buckets[i] = (short) from.count();
            durations.counts[i] = (int) from.signed();
        }
        durations.count = from.signed();
        durations.sumMillis = from.signed();
        durations.sumNanos = from.signed();
        durations.min = from.signed();
        durations.max = from.signed();
        durations.extremesKnown = from.count() == 1;
        return durations;
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

    static double value(int bucket) {
        return bucket == 0 ? 0 : 2 * Math.exp((bucket - 1) * LOG_GROWTH) / (1 + GROWTH);
    }
}
