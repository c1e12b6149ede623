package io.milepost.simulator.engine;

import java.util.PriorityQueue;

/**
 * The virtual clock: what is due, in order of time, then user, then the order in which the user planned it. Not for
 * several threads.
 */
final class Agenda {

    private record Due(long at, Life life, int order, Runnable step) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(at, other.at);
            if (byTime != 0) {
                return byTime;
            }
            int byUser = Integer.compare(life.number(), other.life.number());
            return byUser != 0 ? byUser : Integer.compare(order, other.order);
        }
    }

    private final PriorityQueue<Due> dues = new PriorityQueue<>(64);
    private final long end;
    private long now;

    /** @param end the first instant, in epoch milliseconds, at which nothing happens any more */
    Agenda(long end) {
        this.end = end;
    }

    long now() {
        return now;
    }

    void plan(long at, Life life, int order, Runnable step) {
        if (at < end) {
            dues.add(new Due(at, life, order, step));
        }
    }

    boolean isEmpty() {
        return dues.isEmpty();
    }

    /** Time of the next step; there must be one. */
    long next() {
        return dues.element().at;
    }

    /** Goes on to the next step and takes it; gives the user whose it was. */
    Life advance() {
        Due due = dues.remove();
        now = due.at;
        due.step.run();
        return due.life;
    }
}
