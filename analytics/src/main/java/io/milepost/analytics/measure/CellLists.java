package io.milepost.analytics.measure;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.FactRow;
import io.milepost.analytics.cell.UserUnion;
import io.milepost.analytics.history.Journey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lists found where their figures are counted: the cells behind a figure name the users, and what these put into the
 * same cells makes the rows. Users are folded some at a time, so that events flow in between.
 */
public final class CellLists implements JourneyLists {

    private static final int USERS_AT_ONCE = 2_000;

    private final CellProjection projection;

    public CellLists(CellProjection projection) {
        this.projection = projection;
    }

    @Override
    public Page page(ListQuery query, @Nullable ListPosition after, int size) {
        ListReading reading = new ListReading(projection, query);
        if (!reading.isOfKnown()) {
            return new Page(List.of(), 0, null);
        }
        PageRows page = new PageRows(after, size);
        long total = query.isOfCells() ? new PageSeek(reading, page, after).total() : all(reading, page);
        return reading.read((cells, journey) -> page.close(total, reading.texts(cells, journey)));
    }

    private static long all(ListReading reading, PageRows page) {
        find(reading, page::take);
        return page.taken();
    }

    @Override
    public Rows all(ListQuery query) {
        ListReading reading = new ListReading(projection, query);
        if (!reading.isOfKnown()) {
            return new Once(0, Collections::emptyIterator);
        }
        if (query.list() == ListMeasure.REJECTED_ENTRIES) {
            List<ListRow> rows = rejections(reading);
            return new Once(rows.size(), rows::iterator);
        }
        return new Once(count(reading), () -> new DayRows(reading, users(reading)));
    }

    private static long count(ListReading reading) {
        if (!reading.query().isOfCells()) {
            return all(reading, new PageRows(null, 0));
        }
        return reading.read((cells, journey) -> {
            Behind behind = Behind.of(cells, journey, reading.query());
            return behind == null ? 0 : behind.count().getAsLong();
        });
    }

    private static UserUnion users(ListReading reading) {
        return reading.read((cells, journey) -> {
            Behind behind = Behind.of(cells, journey, reading.query());
            return behind == null ? new UserUnion() : behind.users().get();
        });
    }

    private static List<ListRow> rejections(ListReading reading) {
        List<FactRow> rows = new ArrayList<>();
        find(reading, (texts, row) -> rows.add(row));
        return reading.read((cells, journey) -> {
            RowTexts texts = reading.texts(cells, journey);
            return rows.stream().sorted(texts).map(texts::row).toList();
        });
    }

    /** Hears all rows of the list, in no order, each while the names are there to read. */
    private static void find(ListReading reading, BiConsumer<RowTexts, FactRow> visitor) {
        if (reading.query().list() == ListMeasure.REJECTED_ENTRIES) {
            reading.read((cells, journey) -> rejections(cells, journey, reading, visitor));
            return;
        }
        int[] users = users(reading).toArray();
        for (int from = 0; from < users.length; from += USERS_AT_ONCE) {
            int first = from;
            int end = Math.min(from + USERS_AT_ONCE, users.length);
            reading.read((cells, journey) -> {
                new UserRows(cells, journey, reading.query(), visitor).of(users, first, end);
                return end;
            });
        }
    }

    private static int rejections(
            Cells cells, Journey journey, ListReading reading, BiConsumer<RowTexts, FactRow> visitor) {
        Selection selection =
                Selection.of(cells, journey, reading.query().query().scope());
        ListFilters filters = ListFilters.of(cells, journey, reading.query());
        RowTexts texts = reading.texts(cells, journey);
        new JourneyMeasures(selection)
                .rejections((kind, of) -> of.each(selection.range(), (at, user) -> {
                    FactRow row = FactRow.ofRejection(at, user, kind.version(), kind.reason());
                    if (filters.wants(row)) {
                        visitor.accept(texts, row);
                    }
                }));
        return journey.number();
    }

    /** Rows that are found again only for who goes back. */
    private static final class Once implements Rows {

        private final long size;
        private final Iterable<ListRow> rows;
        private Iterator<ListRow> going = Collections.emptyIterator();
        private int next = -1;

        Once(long size, Iterable<ListRow> rows) {
            this.size = size;
            this.rows = rows;
        }

        @Override
        public int size() {
            return Math.toIntExact(size);
        }

        @Override
        public Iterator<ListRow> from(int first) {
            if (first < next || next < 0) {
                going = rows.iterator();
                next = 0;
            }
            while (next < first && going.hasNext()) {
                step();
            }
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return going.hasNext();
                }

                @Override
                public ListRow next() {
                    return step();
                }
            };
        }

        private ListRow step() {
            next++;
            return going.next();
        }
    }
}
