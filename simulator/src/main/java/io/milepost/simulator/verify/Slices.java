package io.milepost.simulator.verify;

import io.milepost.simulator.truth.Row;
import java.util.BitSet;

/** The rows of two lists in slices, of each slice only what one list has more than the other: any number of rows fits. */
final class Slices {

    private static final int BITS = 14;

    private final int[] got = new int[1 << BITS];
    private final long[] more = new long[1 << BITS];
    private final long[] sum = new long[1 << BITS];

    void got(Row row) {
        int slice = of(row);
        got[slice]++;
        more[slice]++;
        sum[slice] += row.hash();
    }

    void expected(Row row) {
        int slice = of(row);
        more[slice]--;
        sum[slice] -= row.hash();
    }

    static int of(Row row) {
        return (int) (row.hash() >>> (Long.SIZE - BITS));
    }

    /** Those in which the lists differ. */
    BitSet differing() {
        BitSet slices = new BitSet();
        for (int slice = 0; slice < sum.length; slice++) {
            slices.set(slice, more[slice] != 0 || sum[slice] != 0);
        }
        return slices;
    }

    /** As many of these as have so many rows that were got, but one at least. */
    BitSet upTo(long most, BitSet slices) {
        BitSet some = new BitSet();
        long rows = 0;
        for (int slice = slices.nextSetBit(0); slice >= 0; slice = slices.nextSetBit(slice + 1)) {
            rows += got[slice];
            if (rows > most && !some.isEmpty()) {
                break;
            }
            some.set(slice);
        }
        return some;
    }
}
