package io.milepost.analytics.cell;

import io.milepost.analytics.history.PackedReader;
import io.milepost.analytics.history.PackedWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The cells of one question in one scope, by UTC day, and one for all days together. One writer. */
public final class Series {

    private final CellKey key;
    private int[] days = new int[1];
    private Cell[] cells = new Cell[1];
    private int size;
    private Cell all = new Cell();

    Series(CellKey key) {
        this.key = key;
    }

    public CellKey key() {
        return key;
    }

    /** The cell of all days together. */
    public Cell all() {
        return all;
    }

    Cell on(int day) {
        int at = size > 0 && days[size - 1] <= day ? (days[size - 1] == day ? size - 1 : -size - 1) : search(day);
        return at >= 0 ? cells[at] : insert(-at - 1, day);
    }

    @Nullable
    Cell at(int day) {
        int at = search(day);
        return at >= 0 ? cells[at] : null;
    }

    /** The cells of the days in [from, to); one visit of {@link #all} where that is all there are. */
    void between(int from, int to, Consumer<Cell> visitor) {
        if (size == 0) {
            return;
        }
        if (from <= days[0] && days[size - 1] < to) {
            visitor.accept(all);
            return;
        }
        each(from, to, visitor);
    }

    /** The cells of the days in [from, to), one by one. */
    void each(int from, int to, Consumer<Cell> visitor) {
        eachDay(from, to, (day, cell) -> visitor.accept(cell));
    }

    /** Hears a day and its cell. */
    public interface DayVisitor {
        void visit(int day, Cell cell);
    }

    /** The cells of the days in [from, to), in order. */
    public void eachDay(int from, int to, DayVisitor visitor) {
        int first = search(from);
        for (int at = first < 0 ? -first - 1 : first; at < size && days[at] < to; at++) {
            visitor.visit(days[at], cells[at]);
        }
    }

    void write(PackedWriter to) throws IOException {
        to.number(size);
        for (int i = 0; i < size; i++) {
            to.signed(days[i]);
            cells[i].write(to);
        }
        all.write(to);
    }

    /** Fills the series, which is empty, with what another had. */
    void read(PackedReader from) throws IOException {
        size = from.count();
        days = new int[Math.max(1, size)];
        cells = new Cell[Math.max(1, size)];
        for (int i = 0; i < size; i++) {
            days[i] = (int) from.signed();
            cells[i] = Cell.read(from);
        }
        all = Cell.read(from);
    }

    /** The first day at or after that one on which anything is; {@link Integer#MAX_VALUE} = none. */
    int dayFrom(int day) {
        int found = search(day);
        int at = found < 0 ? -found - 1 : found;
        return at < size ? days[at] : Integer.MAX_VALUE;
    }

    private int search(int day) {
        return Arrays.binarySearch(days, 0, size, day);
    }

    private Cell insert(int at, int day) {
        if (size == days.length) {
            days = Arrays.copyOf(days, size * 2);
            cells = Arrays.copyOf(cells, size * 2);
        }
        System.arraycopy(days, at, days, at + 1, size - at);
        System.arraycopy(cells, at, cells, at + 1, size - at);
        days[at] = day;
        cells[at] = new Cell();
        size++;
        return cells[at];
    }
}
