package io.milepost.simulator.engine;

/**
 * A stretch of time cut into equal slices.
 *
 * @param start of the first, in epoch milliseconds
 * @param length of each, in milliseconds
 */
record Slices(long start, long length, int count) {

    /** @param end of the last, later than the start */
    static Slices between(long start, long end, int count) {
        long length = Math.max(1, (end - start + count - 1) / count);
        return new Slices(start, length, (int) ((end - start + length - 1) / length));
    }

    /** The first instant that is no more of it. */
    long end(int slice) {
        return start + (slice + 1) * length;
    }

    /** The one that instant is in. */
    int of(long instant) {
        return (int) ((instant - start) / length);
    }
}
