package io.milepost.analytics.cell;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cells by slot and by piece of a day, made as they are needed: a look-up costs no hash. One writer. */
final class CutCells {

    private final int pieces;
    private @Nullable Cell[] @Nullable [] bySlot = new Cell[0][];

    CutCells(int pieces) {
        this.pieces = pieces;
    }

    /** What they take in memory, more or less. */
    long bytes() {
        long bytes = 0;
        for (Cell[] ofSlot : bySlot) {
            for (int piece = 0; ofSlot != null && piece < pieces; piece++) {
                bytes += ofSlot[piece] == null ? Long.BYTES : ofSlot[piece].bytes();
            }
        }
        return bytes;
    }

    @Nullable
    Cell find(int slot, int piece) {
        Cell[] ofSlot = slot < bySlot.length ? bySlot[slot] : null;
        return ofSlot == null ? null : ofSlot[piece];
    }

    Cell at(int slot, int piece) {
        if (slot >= bySlot.length) {
            bySlot = Arrays.copyOf(bySlot, Math.max(slot + 1, 2 * bySlot.length));
        }
        @Nullable Cell[] ofSlot = bySlot[slot];
        if (ofSlot == null) {
            ofSlot = new Cell[pieces];
            bySlot[slot] = ofSlot;
        }
        Cell cell = ofSlot[piece];
        if (cell == null) {
            cell = new Cell();
            ofSlot[piece] = cell;
        }
        return cell;
    }
}
