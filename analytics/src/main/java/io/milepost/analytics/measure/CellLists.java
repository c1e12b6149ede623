package io.milepost.analytics.measure;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.DayUsers;
import io.milepost.analytics.cell.Days;
import io.milepost.analytics.cell.FactRow;
import io.milepost.analytics.cell.UserUnion;
import io.milepost.analytics.history.Journey;
import io.milepost.analytics.measure.MeasureDescription.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lists found where their figures are counted: the cells behind a figure name the users, and what these put into the
 * same cells makes the rows. Users are folded some at a time, so that events flow in between.
 */
public final class CellLists implements JourneyLists {

    private static final int USERS_AT_ONCE = 2_000;
    private static final int ROWS_AT_ONCE = 1_000;

    private final CellProjection projection;

    public CellLists(CellProjection projection) {
        this.projection = projection;
    }

    @Override
    public Page page(ListQuery query, @Nullable ListPosition after, int size) {
        PageRows page = new PageRows(after, size);
        if (!knows(query)) {
            return new Page(List.of(), 0, null);
        }
        long total = query.isOfCells() ? new Seek(query, page, after).total() : all(query, page);
        return read(query, (cells, journey) -> page.close(total, texts(cells, journey, query)));
    }

    private long all(ListQuery query, PageRows page) {
        find(query, page::take);
        return page.taken();
    }

    /** Goes from day to day, beginning where the page does, until no later row can be on it. */
    private final class Seek {

        private final ListQuery query;
        private final PageRows page;
        private UserUnion left = new UserUnion();
        private int[] users = {};
        private int next;
        private int day;
        private boolean done;

        Seek(ListQuery query, PageRows page, @Nullable ListPosition after) {
            this.query = query;
            this.page = page;
            this.day = after == null ? Integer.MIN_VALUE : Days.of(after.time()) - 1;
        }

        /** Finds the page's rows; returns how many the whole list has. */
        long total() {
            long total = read(query, (cells, journey) -> {
                Behind behind = behind(cells, journey, query);
                done = behind == null;
                left = behind == null ? left : behind.users().get();
                return behind == null ? 0 : behind.count().getAsLong();
            });
            while (!done) {
                read(query, (cells, journey) -> go(new UserRows(cells, journey, query, page::take)));
            }
            return total;
        }

        private int go(UserRows rows) {
            int looked = 0;
            while (looked < USERS_AT_ONCE && !done) {
                int end = Math.min(next + USERS_AT_ONCE - looked, users.length);
                rows.of(users, next, end);
                looked += end - next + 1;
                next = end;
                if (next == users.length) {
                    turn(rows);
                }
            }
            return looked;
        }

        /** On to the next day; a user is looked at once, whatever his days. */
        private void turn(UserRows rows) {
            DayUsers days = new DayUsers(rows.behind.days());
            int following = days.dayFrom(day + 1);
            done = following == DayUsers.NEVER || page.isFullBefore(Days.start(following), rows.texts);
            if (!done) {
                UserUnion there = days.on(following).sharing(left);
                left.without(there);
                users = there.toArray();
                next = 0;
                day = following;
            }
        }
    }

    @Override
    public Rows all(ListQuery query) {
        List<FactRow> rows = new ArrayList<>();
        if (knows(query)) {
            find(query, (texts, row) -> rows.add(row));
        }
        rows.sort(Comparator.comparingLong(FactRow::time));
        return new ByTime(query, rows);
    }

    /** Rows by time; those of one time are ordered, and all get their texts, as they are taken. */
    private final class ByTime implements Rows {

        private final ListQuery query;
        private final List<FactRow> rows;

        ByTime(ListQuery query, List<FactRow> rows) {
            this.query = query;
            this.rows = rows;
        }

        @Override
        public int size() {
            return rows.size();
        }

        @Override
        public Iterator<ListRow> from(int first) {
            int start = startOfTime(first);
            Iterator<ListRow> rows = rowsFrom(start);
            for (int i = start; i < first; i++) {
                rows.next();
            }
            return rows;
        }

        private Iterator<ListRow> rowsFrom(int start) {
            return new Iterator<>() {
                private int next = start;
                private Iterator<ListRow> told = Collections.emptyIterator();

                @Override
                public boolean hasNext() {
                    return told.hasNext() || next < rows.size();
                }

                @Override
                public ListRow next() {
                    if (!told.hasNext()) {
                        if (next == rows.size()) {
                            throw new NoSuchElementException();
                        }
                        int end = endOfTime(Math.min(next + ROWS_AT_ONCE, rows.size()));
                        told = told(rows.subList(next, end)).iterator();
                        next = end;
                    }
                    return told.next();
                }
            };
        }

        private List<ListRow> told(List<FactRow> some) {
            return read(query, (cells, journey) -> {
                RowTexts texts = texts(cells, journey, query);
                return some.stream().sorted(texts).map(texts::row).toList();
            });
        }

        /** First place with the time of that place. */
        private int startOfTime(int at) {
            int start = Math.min(at, rows.size());
            while (start > 0
                    && start < rows.size()
                    && rows.get(start).time() == rows.get(start - 1).time()) {
                start--;
            }
            return start;
        }

        /** First place at or after that one where another time begins. */
        private int endOfTime(int at) {
            int end = at;
            while (end < rows.size()
                    && rows.get(end).time() == rows.get(end - 1).time()) {
                end++;
            }
            return end;
        }
    }

    private static RowTexts texts(Cells cells, Journey journey, ListQuery query) {
        return new RowTexts(cells, journey, query.list().thing());
    }

    private <T> T read(ListQuery query, Question<T> question) {
        return projection.read(cells -> question.ask(
                cells,
                Objects.requireNonNull(
                        cells.histories().journey(query.query().journeyId()), "a journey that had rows")));
    }

    /** A question about a journey. */
    private interface Question<T> {
        T ask(Cells cells, Journey journey);
    }

    private boolean knows(ListQuery query) {
        return projection.read(cells -> cells.histories().journey(query.query().journeyId()) != null);
    }

    /** Hears all rows of the list, in no order, each while the names are there to read. */
    private void find(ListQuery query, BiConsumer<RowTexts, FactRow> visitor) {
        if (query.list() == ListMeasure.REJECTED_ENTRIES) {
            read(query, (cells, journey) -> rejections(cells, journey, query, visitor));
            return;
        }
        int[] users = read(query, (cells, journey) -> users(behind(cells, journey, query)));
        for (int from = 0; from < users.length; from += USERS_AT_ONCE) {
            int first = from;
            int end = Math.min(from + USERS_AT_ONCE, users.length);
            read(query, (cells, journey) -> {
                new UserRows(cells, journey, query, visitor).of(users, first, end);
                return end;
            });
        }
    }

    private static int[] users(@Nullable Behind behind) {
        return behind == null ? new int[0] : behind.users().get().toArray();
    }

    /** Null where the node or stage is not known. */
    private static @Nullable Behind behind(Cells cells, Journey journey, ListQuery query) {
        Selection selection = Selection.of(cells, journey, query.query().scope());
        ListFilters filters = filters(cells, journey, query);
        String part = query.partId();
        if (part == null) {
            return new JourneyMeasures(selection).behind(query.list(), filters::of);
        }
        if (query.list().level() == Level.STAGE) {
            int place = journey.placeOfStage(part);
            return place < 0 ? null : new StageMeasures(selection, place).behind(query.list());
        }
        int node = journey.nodes().find(part);
        return node < 0 ? null : new NodeMeasures(selection, node, filters::of).behind(query.list());
    }

    private static ListFilters filters(Cells cells, Journey journey, ListQuery query) {
        return new ListFilters(query.filters(), cells.histories().words(), journey);
    }

    private static int rejections(
            Cells cells, Journey journey, ListQuery query, BiConsumer<RowTexts, FactRow> visitor) {
        Selection selection = Selection.of(cells, journey, query.query().scope());
        ListFilters filters = filters(cells, journey, query);
        RowTexts texts = texts(cells, journey, query);
        new JourneyMeasures(selection)
                .rejections((kind, of) -> of.each(selection.range(), (at, user) -> {
                    FactRow row = FactRow.ofRejection(at, user, kind.version(), kind.reason());
                    if (filters.wants(row)) {
                        visitor.accept(texts, row);
                    }
                }));
        return journey.number();
    }

    /** The rows of some users, as the list wants them. */
    private static final class UserRows {

        private final ListQuery query;
        private final BiConsumer<RowTexts, FactRow> visitor;
        private final RowTexts texts;
        private final ListFilters filters;
        private final Behind behind;
        private final IntConsumer rows;
        private final long asOf;
        private @Nullable FactRow earliest;

        UserRows(Cells cells, Journey journey, ListQuery query, BiConsumer<RowTexts, FactRow> visitor) {
            this.query = query;
            this.visitor = visitor;
            this.texts = texts(cells, journey, query);
            this.filters = filters(cells, journey, query);
            this.asOf = Instants.nanos(query.query().asOf());
            this.behind = Objects.requireNonNull(behind(cells, journey, query));
            this.rows = behind.rows().to(this::take);
        }

        void of(int[] users, int from, int end) {
            for (int i = from; i < end; i++) {
                earliest = null;
                rows.accept(users[i]);
                if (earliest != null) {
                    visitor.accept(texts, earliest);
                }
            }
        }

        private void take(FactRow row) {
            if (!filters.wants(row) || query.list() == ListMeasure.OPEN_ENTRIES && row.until() < asOf) {
                return;
            }
            if (!query.list().byUser()) {
                visitor.accept(texts, row);
            } else if (earliest == null || texts.compare(row, earliest) < 0) {
                earliest = row;
            }
        }
    }
}
