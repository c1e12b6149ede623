package io.milepost.analytics.cell;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One day of a journey's cells in pieces, as ranges cut it: what lies before the first cut, between two of them, behind
 * the last. Filled once, then only read.
 */
final class CutDay implements Contribution {

    private final JourneyCells journey;
    private final boolean activity;
    private final int day;
    private final List<Long> cuts;
    private final CutCells cells;

    /** @param cuts instants inside the day, ascending */
    CutDay(JourneyCells journey, boolean activity, int day, List<Long> cuts) {
        this.journey = journey;
        this.activity = activity;
        this.day = day;
        this.cuts = cuts;
        this.cells = new CutCells(cuts.size() + 1);
    }

    /** Index of the piece that has the instant, which lies in the day. */
    int piece(long at) {
        int found = Collections.binarySearch(cuts, at);
        return found < 0 ? -found - 1 : found + 1;
    }

    /** Null = nothing of it is in that piece. */
    @Nullable
    Cell find(int slot, int piece) {
        return cells.find(slot, piece);
    }

    /** What it takes in memory, in bytes, more or less. */
    int weight() {
        return (int) Math.min(Integer.MAX_VALUE, cells.bytes());
    }

    @Override
    public boolean wants(boolean byActivity, long at) {
        return byActivity == activity && Days.of(at) == day;
    }

    @Override
    public void put(int slot, long at, long value, int count, int user) {
        CellKey key = journey.series(slot).key();
        if (wants(key.activity(), at)) {
            JourneyCells.applyTo(cells.at(slot, piece(at)), key.what(), value, count, user);
        }
    }

    @Override
    public void pay(int slot, long at, BigDecimal amount) {
        if (wants(journey.series(slot).key().activity(), at)) {
            Cell cell = cells.at(slot, piece(at));
            cell.pay(amount);
            cell.count(1);
        }
    }
}
