package io.milepost.simulator.truth;

/** Counts people of whom all is added before the next one's turn. */
final class Distinct {

    private long last = -1;
    private long count;

    /** Gives whether he was not counted before. */
    boolean add(long person) {
        if (last == person) {
            return false;
        }
        last = person;
        count++;
        return true;
    }

    /** Whether that person, whose turn it is, was counted. */
    boolean has(long person) {
        return last == person;
    }

    long count() {
        return count;
    }
}
