package io.milepost.simulator.engine;

import java.util.PriorityQueue;

/** The virtual clock of one life: what is due, in order of time, then in the order in which it was planned. */
final class Agenda {

    /** Later than anything. */
    static final long NEVER = Long.MAX_VALUE;

    private record Due(long at, int order, Runnable step) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Integer.compare(order, other.order);
        }
    }

    private final PriorityQueue<Due> dues = new PriorityQueue<>();
    private final long end;
    private long now;
    private int planned;

    /** @param end the first instant, in epoch milliseconds, at which nothing happens any more */
    Agenda(long end) {
        this.end = end;
    }

    long now() {
        return now;
    }

    void plan(long at, Runnable step) {
        if (at < end) {
            dues.add(new Due(at, planned++, step));
        }
    }

    /** Time of the next step; {@link #NEVER} where there is none. */
    long next() {
        Due due = dues.peek();
        return due == null ? NEVER : due.at;
    }

    /** Goes on to the next step, of which there must be one, and takes it. */
    void advance() {
        Due due = dues.remove();
        now = due.at;
        due.step.run();
    }
}
