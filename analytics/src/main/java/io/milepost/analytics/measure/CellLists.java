package io.milepost.analytics.measure;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.FactRow;
import io.milepost.analytics.cell.UserUnion;
import io.milepost.analytics.event.Nanos;
import io.milepost.analytics.history.Journey;
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
        find(query, (texts, row) -> page.take(texts, row));
        return page.rows.isEmpty()
                ? new Page(List.of(), page.total, null)
                : read(query, (cells, journey) -> page.close(texts(cells, journey, query)));
    }

    @Override
    public Rows all(ListQuery query) {
        List<FactRow> rows = new ArrayList<>();
        find(query, (texts, row) -> rows.add(row));
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
        if (!knows(query)) {
            return;
        }
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
        if (behind == null) {
            return new int[0];
        }
        UserUnion union = behind.users().get();
        int[] users = new int[union.size()];
        int[] next = {0};
        union.forEach(user -> users[next[0]++] = user);
        return users;
    }

    /** Null where the node is not known. */
    private static @Nullable Behind behind(Cells cells, Journey journey, ListQuery query) {
        Selection selection = Selection.of(cells, journey, query.query().scope());
        ListFilters filters = filters(cells, journey, query);
        String nodeId = query.nodeId();
        if (nodeId == null) {
            return new JourneyMeasures(selection).behind(query.list(), filters::of);
        }
        int node = journey.nodes().find(nodeId);
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
        private final IntConsumer rows;
        private final long asOf;
        private @Nullable FactRow earliest;

        UserRows(Cells cells, Journey journey, ListQuery query, BiConsumer<RowTexts, FactRow> visitor) {
            this.query = query;
            this.visitor = visitor;
            this.texts = texts(cells, journey, query);
            this.filters = filters(cells, journey, query);
            this.asOf = Nanos.of(query.query().asOf());
            this.rows =
                    Objects.requireNonNull(behind(cells, journey, query)).rows().to(this::take);
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
