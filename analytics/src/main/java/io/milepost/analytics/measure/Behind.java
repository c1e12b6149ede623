package io.milepost.analytics.measure;

import io.milepost.analytics.cell.FactRow;
import io.milepost.analytics.cell.Series;
import io.milepost.analytics.cell.UserUnion;
import io.milepost.analytics.cell.What;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * What is behind a figure: whom to look at, and what of theirs it counts.
 *
 * @param users all who are behind it, perhaps more
 * @param rows takes who hears of rows; gives who takes users, and finds the rows of each
 */
record Behind(Supplier<UserUnion> users, Rows rows) {

    /** Cells that only count: whoever was there may be behind them. */
    private static final Set<What> WITHOUT_USERS = EnumSet.of(
            What.ACTIVE_ENTRY,
            What.EXIT,
            What.CONVERTED_ENTRY,
            What.OPEN,
            What.EXIT_AT,
            What.EXIT_UNCONVERTED_AT,
            What.ENGAGED_BY_MACHINE,
            What.DURATION);

    /** Finds the rows of users. */
    interface Rows {
        IntConsumer to(Consumer<FactRow> visitor);
    }

    /** Whatever was put into the series. */
    static Behind all(Slice slice, List<Series> series) {
        boolean countsOnly = series.stream()
                .anyMatch(each -> WITHOUT_USERS.contains(each.key().what()));
        return only(slice, series, () -> countsOnly ? slice.view().usersIn(slice.range()) : slice.users(series));
    }

    /** What those users put into the series. */
    static Behind only(Slice slice, List<Series> series, Supplier<UserUnion> users) {
        return new Behind(users, visitor -> slice.view().rows(series, slice.range(), visitor));
    }

    /** User events that convert, or else all that are goals. */
    static Behind events(Slice slice, boolean conversion) {
        return new Behind(() -> slice.users(What.GOAL_USER), visitor -> slice.view()
                .eventRows(conversion, slice.range(), visitor));
    }
}
