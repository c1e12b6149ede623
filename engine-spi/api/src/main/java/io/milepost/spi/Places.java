package io.milepost.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Places of an entry's events among those of the same time ({@link EntryRef#sequence}), made of nothing but what an engine's
 * history keeps too: the time, and the order in which its visits began. So a replay gives the same ones, and they go on after
 * a restart. Only of visits that overlap may two events of the same millisecond be the wrong way round.
 *
 * @since 0.1
 */
public final class Places {
    /** Milliseconds so far left that a place still fits the 53 bits of a JSON number, until the year 2109. */
    private static final int BITS = 11;

    private static final long LAST = (1L << BITS) - 1;
    private static final int OF_A_VISIT = 3;

    private Places() {}

    /** Of an entry: before all else of that time. */
    public static long ofStart(Instant time) {
        return of(time, 0);
    }

    /** @param order of the visit among those of its entry that begin at about that time */
    public static long ofArrival(Instant time, long order) {
        return of(time, visit(order));
    }

    /** What a step tells between its arrival and its exit. */
    public static long ofWord(Instant time, long order) {
        return of(time, visit(order) + 1);
    }

    /**
     * Before all that begins at that time, unless the visit itself began then.
     *
     * @param arrived null = not known
     * @param order as that of its arrival
     */
    public static long ofExit(@Nullable Instant arrived, Instant left, long order) {
        boolean atOnce = arrived == null || arrived.toEpochMilli() == left.toEpochMilli();
        return of(left, atOnce ? visit(order) + 2 : 1);
    }

    /** Of an entry: after all else of that time. */
    public static long ofEnd(Instant time) {
        return of(time, LAST);
    }

    private static long visit(long order) {
        return 2 + OF_A_VISIT * order % (LAST - 2 - OF_A_VISIT);
    }

    private static long of(Instant time, long place) {
        return (time.toEpochMilli() << BITS) + place;
    }
}
