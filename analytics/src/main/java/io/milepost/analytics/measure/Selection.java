package io.milepost.analytics.measure;

import io.milepost.analytics.cell.Carrier;
import io.milepost.analytics.cell.CellView;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.Range;
import io.milepost.analytics.cell.Series;
import io.milepost.analytics.cell.UserUnion;
import io.milepost.analytics.cell.What;
import io.milepost.analytics.history.Journey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a query selects of one journey, range after range: {@link #cohort} and {@link #basis} are the slices of the range
 * at hand. For the time of one read; one thread.
 */
final class Selection {

    private final Cells cells;
    private final Journey journey;
    private final Scope scope;
    private final List<Range> ranges;
    private final CellView cohort;
    private final boolean activity;
    private @Nullable CellView deeds;
    private @Nullable CellView conversions;
    private int at;
    private UserUnion countedBefore = new UserUnion();
    private int countedUpTo;

    /** @param ranges at least one, ascending and without gaps */
    Selection(Cells cells, Journey journey, Scope scope, List<Range> ranges) {
        this.cells = cells;
        this.journey = journey;
        this.scope = scope;
        this.ranges = ranges;
        this.activity = scope.basis() == Basis.ACTIVITY;
        this.cohort = view(false, ranges);
    }

    /** For the one range of the scope. */
    static Selection of(Cells cells, Journey journey, Scope scope) {
        return new Selection(cells, journey, scope, List.of(scope.range()));
    }

    Cells cells() {
        return cells;
    }

    Journey journey() {
        return journey;
    }

    Scope scope() {
        return scope;
    }

    Range range() {
        return ranges.get(at);
    }

    void to(int range) {
        at = range;
    }

    /** By cohort, whatever the basis asked for. */
    Slice cohort() {
        return new Slice(cohort, at);
    }

    /** By the basis asked for. */
    Slice basis() {
        return activity ? new Slice(deeds(), at) : cohort();
    }

    boolean byActivity() {
        return activity;
    }

    /** Users whose counted conversion, the earliest of those in scope, lies in the range at hand. */
    UserUnion convertedUsers() {
        if (!activity) {
            return cohort().users(What.CONVERTED_ENTRY);
        }
        // With the range before the first one in front, whatever began there is known and does not count again.
        CellView view = conversions();
        for (; countedUpTo <= at; countedUpTo++) {
            countedBefore.addAll(new Slice(view, countedUpTo).users(What.CONVERTED_USER));
        }
        countedUpTo = at + 1;
        return new Slice(view, at + 1).users(What.CONVERTED_USER).without(countedBefore);
    }

    /** Of messages; {@link JourneyMeasures#UNKNOWN} = not said. */
    String platform(Series of) {
        return word(carrier(of).platform());
    }

    /** Of messages. */
    String channel(Series of) {
        return word(carrier(of).channel());
    }

    private Carrier carrier(Series of) {
        return Objects.requireNonNull(cells.of(journey).carrier(of.key()), "cells about messages");
    }

    private String word(int number) {
        return number < 0 ? JourneyMeasures.UNKNOWN : cells.histories().words().name(number);
    }

    /** By the time of the deed, in scope but whenever, with either basis. */
    List<Series> deeds(What what) {
        return deeds().series(what);
    }

    private CellView deeds() {
        CellView view = deeds;
        if (view == null) {
            view = view(true, ranges);
            deeds = view;
        }
        return view;
    }

    private CellView conversions() {
        CellView view = conversions;
        if (view == null) {
            List<Range> withBefore = new ArrayList<>();
            withBefore.add(new Range(Long.MIN_VALUE, ranges.get(0).from()));
            withBefore.addAll(ranges);
            view = view(true, withBefore);
            conversions = view;
        }
        return view;
    }

    private CellView view(boolean byActivity, List<Range> over) {
        return new CellView(
                cells,
                journey,
                byActivity,
                entry -> scope.wants(
                        entry.version(),
                        entry.variant() < 0 ? null : journey.variants().name(entry.variant()),
                        entry.test()),
                over);
    }
}
