package io.milepost.simulator.truth;

/** Rows of a list, as many as there may be, by their number and the sum of their hashes: in any order the same. */
public final class Fingerprint {

    private long count;
    private long sum;

    public void add(Row row) {
        count++;
        sum += hash(row.text());
    }

    public long count() {
        return count;
    }

    public boolean sameAs(Fingerprint other) {
        return count == other.count && sum == other.sum;
    }

    /** FNV-1a over the characters, then mixed, so that sums of hashes of like texts differ. */
    private static long hash(String text) {
        long h = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * 0x100000001b3L;
        }
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
