package io.milepost.simulator.truth;

/** Rows of a list, as many as there may be, by their number and the sum of their hashes: in any order the same. */
public final class Fingerprint {

    private long count;
    private long sum;

    public void add(Row row) {
        count++;
        sum += row.hash();
    }

    public long count() {
        return count;
    }

    public boolean sameAs(Fingerprint other) {
        return count == other.count && sum == other.sum;
    }
}
