package io.milepost.analytics.cell;

import java.util.ArrayList;
import java.util.List;

/** Changes kept cells as no event would: for tests that see such a change found. */
public final class Corruption {

    private Corruption() {}

    /** The cells of the days, in order. */
    public static List<Cell> days(Series series) {
        List<Cell> days = new ArrayList<>();
        series.eachDay(Integer.MIN_VALUE, Integer.MAX_VALUE, (day, cell) -> days.add(cell));
        return days;
    }

    public static void count(Cell cell, long more) {
        cell.count(more);
    }

    public static void join(Cell cell, int user) {
        cell.join(user);
    }

    public static void leave(Cell cell, int user) {
        cell.leave(user);
    }
}
