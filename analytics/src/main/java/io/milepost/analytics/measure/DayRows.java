package io.milepost.analytics.measure;

import io.milepost.analytics.cell.DayUsers;
import io.milepost.analytics.cell.Days;
import io.milepost.analytics.cell.FactRow;
import io.milepost.analytics.cell.UserUnion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BiConsumer;

/**
 * All rows of a list in order, found as they are taken: one day after the other, and of a day with many users first the
 * times alone, then slice after slice of them. Holds the rows of a slice, some 24 bytes for each row of the day, and no
 * lock. A user is folded once for each of his days, or twice on a day with many. One thread.
 */
final class DayRows implements Iterator<ListRow> {

    private static final int USERS_AT_ONCE = 2_000;
    private static final int USERS_OF_A_PLAIN_DAY = 20_000;
    private static final int ROWS_OF_A_SLICE = 10_000;

    private final ListReading reading;
    private final UserUnion left;
    private int day = Integer.MIN_VALUE;
    private Iterator<Slice> slices = Collections.emptyIterator();
    private Iterator<ListRow> told = Collections.emptyIterator();

    /** A stretch of time, and who has rows in it. */
    private record Slice(long from, long to, int[] users) {}

    /** @param users all who may have rows; becomes the iterator's own */
    DayRows(ListReading reading, UserUnion users) {
        this.reading = reading;
        this.left = users;
    }

    @Override
    public boolean hasNext() {
        while (!told.hasNext() && day != DayUsers.NEVER) {
            if (slices.hasNext()) {
                told = told(slices.next());
            } else {
                turn();
            }
        }
        return told.hasNext();
    }

    @Override
    public ListRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return told.next();
    }

    private void turn() {
        int[] users = reading.read((cells, journey) -> {
            DayUsers days = new UserRows(cells, journey, reading.query(), (texts, row) -> {}).days();
            day = days.dayFrom(day + 1);
            return day == DayUsers.NEVER
                    ? new int[0]
                    : days.on(day).sharing(left).toArray();
        });
        if (users.length > 0) {
            Slice all = new Slice(Days.start(day), Days.start(day + 1), users);
            slices = users.length <= USERS_OF_A_PLAIN_DAY ? List.of(all).iterator() : cut(all);
        }
    }

    private Iterator<Slice> cut(Slice whole) {
        Times times = new Times();
        find(whole, (texts, row) -> times.add(row.time(), row.user()));
        return times.slices(whole.to());
    }

    private Iterator<ListRow> told(Slice slice) {
        List<FactRow> rows = new ArrayList<>();
        find(slice, (texts, row) -> rows.add(row));
        return reading.read((cells, journey) -> {
            RowTexts texts = reading.texts(cells, journey);
            if (reading.query().list().byUser()) {
                UserUnion had = new UserUnion();
                rows.forEach(row -> had.add(row.user()));
                left.without(had);
            }
            return rows.stream().sorted(texts).map(texts::row).toList().iterator();
        });
    }

    /** Hears the rows in the slice, in no order. */
    private void find(Slice slice, BiConsumer<RowTexts, FactRow> visitor) {
        BiConsumer<RowTexts, FactRow> inside = (texts, row) -> {
            if (row.time() >= slice.from() && row.time() < slice.to()) {
                visitor.accept(texts, row);
            }
        };
        int[] users = slice.users();
        for (int from = 0; from < users.length; from += USERS_AT_ONCE) {
            int first = from;
            int end = Math.min(from + USERS_AT_ONCE, users.length);
            reading.read((cells, journey) -> {
                new UserRows(cells, journey, reading.query(), inside).of(users, first, end);
                return end;
            });
        }
    }

    /** When who has a row. */
    private static final class Times {

        private long[] times = new long[1 << 14];
        private int[] users = new int[1 << 14];
        private int size;

        void add(long time, int user) {
            if (size == times.length) {
                times = Arrays.copyOf(times, size + (size >> 1));
                users = Arrays.copyOf(users, times.length);
            }
            times[size] = time;
            users[size++] = user;
        }

        /** Slices of about equally many rows, in order. */
        Iterator<Slice> slices(long to) {
            long[] starts = starts();
            int[] ends = new int[starts.length];
            for (int i = 0; i < size; i++) {
                ends[slice(starts, times[i])]++;
            }
            int[][] members = new int[starts.length][];
            Arrays.setAll(members, slice -> new int[ends[slice]]);
            for (int i = 0; i < size; i++) {
                int slice = slice(starts, times[i]);
                members[slice][--ends[slice]] = users[i];
            }
            List<Slice> slices = new ArrayList<>();
            for (int i = 0; i < starts.length; i++) {
                int[] distinct = Arrays.stream(members[i]).sorted().distinct().toArray();
                slices.add(new Slice(starts[i], i + 1 < starts.length ? starts[i + 1] : to, distinct));
            }
            return slices.iterator();
        }

        private long[] starts() {
            long[] sorted = Arrays.copyOf(times, size);
            Arrays.sort(sorted);
            long[] starts = new long[(size + ROWS_OF_A_SLICE - 1) / ROWS_OF_A_SLICE];
            Arrays.setAll(starts, slice -> sorted[slice * ROWS_OF_A_SLICE]);
            return Arrays.stream(starts).distinct().toArray();
        }

        private static int slice(long[] starts, long time) {
            int found = Arrays.binarySearch(starts, time);
            return found < 0 ? -found - 2 : found;
        }
    }
}
