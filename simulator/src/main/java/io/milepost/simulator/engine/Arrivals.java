package io.milepost.simulator.engine;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/** People in the order in which they first come; those of one instant in that of their numbers. */
final class Arrivals {

    private static final int USER_BITS = 27;

    private final long start;
    /** Time since the start in the upper bits, number of the user in the lower. */
    private final long[] packed;

    private Arrivals(long start, long[] packed) {
        this.start = start;
        this.packed = packed;
    }

    /**
     * @param start no later than anybody comes, in epoch milliseconds
     * @param users their numbers are those below
     * @param first when the user of that number first comes, in epoch milliseconds
     */
    static Arrivals of(long start, int users, IntToLongFunction first) {
        long[] packed = new long[users];
        for (int user = 0; user < users; user++) {
            packed[user] = (first.applyAsLong(user) - start) << USER_BITS | user;
        }
        Arrays.sort(packed);
        return new Arrivals(start, packed);
    }

    /** Some of them in a row. */
    Arrivals part(int from, int to) {
        return new Arrivals(start, Arrays.copyOfRange(packed, from, to));
    }

    int count() {
        return packed.length;
    }

    /** In epoch milliseconds. */
    long at(int place) {
        return start + (packed[place] >>> USER_BITS);
    }

    int user(int place) {
        return (int) (packed[place] & ((1L << USER_BITS) - 1));
    }
}
