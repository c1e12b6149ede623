package io.milepost.analytics.cell;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cells by slot and by range, made as they are needed: a look-up costs no hash. One thread. */
final class CutCells {

    private final int ranges;
    private @Nullable Cell[] @Nullable [] bySlot = new Cell[0][];

    CutCells(int ranges) {
        this.ranges = ranges;
    }

    boolean isEmpty() {
        return bySlot.length == 0;
    }

    @Nullable
    Cell find(int slot, int range) {
        Cell[] ofSlot = slot < bySlot.length ? bySlot[slot] : null;
        return ofSlot == null ? null : ofSlot[range];
    }

    Cell at(int slot, int range) {
        if (slot >= bySlot.length) {
            bySlot = Arrays.copyOf(bySlot, Math.max(slot + 1, 2 * bySlot.length));
        }
        @Nullable Cell[] ofSlot = bySlot[slot];
        if (ofSlot == null) {
            ofSlot = new Cell[ranges];
            bySlot[slot] = ofSlot;
        }
        Cell cell = ofSlot[range];
        if (cell == null) {
            cell = new Cell();
            ofSlot[range] = cell;
        }
        return cell;
    }
}
