package io.milepost.operaton;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Places of an entry's events among those of the same time, made of nothing but what the engine's history keeps too: time
 * and the counter a visit began with. So a replay gives the same ones. Only at a parallel's branches or a sub-process' end
 * may two of the same millisecond be the wrong way round.
 */
final class Places {
    /** Milliseconds so far left that a place still fits the 53 bits of a JSON number, until the year 2109. */
    private static final int BITS = 11;

    private static final long LAST = (1L << BITS) - 1;
    private static final int OF_A_VISIT = 3;

    private Places() {}

    static long ofStart(Instant time) {
        return of(time, 0);
    }

    static long ofArrival(Instant time, long counter) {
        return of(time, within(OF_A_VISIT * counter));
    }

    /** What a step tells between its arrival and its exit. */
    static long ofWord(Instant time, long counter) {
        return of(time, within(OF_A_VISIT * counter + 1));
    }

    /**
     * Before all that begins at that time, unless the visit itself began then.
     *
     * @param arrived null = not known
     * @param counter of the visit's arrival
     */
    static long ofExit(@Nullable Instant arrived, Instant left, long counter) {
        boolean atOnce = arrived == null || arrived.toEpochMilli() == left.toEpochMilli();
        return of(left, atOnce ? within(OF_A_VISIT * counter + 2) : 1);
    }

    static long ofEnd(Instant time) {
        return of(time, LAST);
    }

    private static long within(long place) {
        return 2 + place % (LAST - 2);
    }

    private static long of(Instant time, long place) {
        return (time.toEpochMilli() << BITS) + place;
    }
}
