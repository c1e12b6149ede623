package io.milepost.analytics.measure;

import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.FactRow;
import io.milepost.analytics.cell.Series;
import io.milepost.analytics.cell.UserUnion;
import io.milepost.analytics.cell.What;
import io.milepost.analytics.history.Journey;
import io.milepost.analytics.measure.MeasureDescription.Level;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is behind a figure: whom to look at, what of theirs it counts, and where to look for a day of it.
 *
 * @param users all who are behind it, perhaps more
 * @param rows takes who hears of rows; gives who takes users, and finds the rows of each
 * @param days has, in the cells of a day, whoever has a row of that day, perhaps more
 * @param count the figure: how many rows there are
 */
record Behind(Supplier<UserUnion> users, Rows rows, List<Series> days, LongSupplier count) {

    /** Cells that only count: whoever was there may be behind them. */
    private static final Set<What> WITHOUT_USERS = EnumSet.of(
            What.ACTIVE_ENTRY,
            What.EXIT,
            What.CONVERTED_ENTRY,
            What.OPEN,
            What.EXIT_UNCONVERTED_AT,
            What.ENGAGED_BY_MACHINE,
            What.DURATION);

    /** Finds the rows of users. */
    interface Rows {
        IntConsumer to(Consumer<FactRow> visitor);
    }

    /** Null where the node or stage that the list is one of is not known. */
    static @Nullable Behind of(Cells cells, Journey journey, ListQuery query) {
        Selection selection = Selection.of(cells, journey, query.query().scope());
        ListFilters filters = ListFilters.of(cells, journey, query);
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

    /** Whatever was put into the series, as often as that was. */
    static Behind all(Slice slice, List<Series> series, List<Series> days) {
        return all(slice, series, days, () -> slice.count(series));
    }

    /** Whatever was put into the series; {@code count} says how often. */
    static Behind all(Slice slice, List<Series> series, List<Series> days, LongSupplier count) {
        boolean countsOnly = series.stream()
                .anyMatch(each -> WITHOUT_USERS.contains(each.key().what()));
        return new Behind(
                () -> countsOnly ? slice.view().usersIn(slice.range()) : slice.users(series),
                visitor -> slice.view().rows(series, slice.range(), visitor),
                days,
                count);
    }

    /** Who put anything into the series. */
    static Behind users(Slice slice, List<Series> series, List<Series> days) {
        return ofUsers(slice, series, () -> slice.users(series), days);
    }

    /** Those users, by what they put into the series. */
    static Behind ofUsers(Slice slice, List<Series> series, Supplier<UserUnion> users, List<Series> days) {
        return new Behind(users, visitor -> slice.view().rows(series, slice.range(), visitor), days, () -> users.get()
                .size());
    }

    /** User events that convert, or else all that are goals. */
    static Behind events(Slice slice, boolean conversion, List<Series> days) {
        return new Behind(
                () -> slice.users(What.GOAL_USER),
                visitor -> slice.view().eventRows(conversion, slice.range(), visitor),
                days,
                () -> slice.view().events(conversion, slice.range()).count());
    }

    /** Who performed the goal, by his events. */
    static Behind performers(Slice slice, List<Series> days) {
        return new Behind(
                () -> slice.users(What.GOAL_USER),
                visitor -> slice.view().eventRows(false, slice.range(), visitor),
                days,
                () -> slice.userCount(What.GOAL_USER));
    }
}
