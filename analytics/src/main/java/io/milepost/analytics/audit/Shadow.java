package io.milepost.analytics.audit;

import io.milepost.analytics.cell.Cell;
import io.milepost.analytics.cell.CellTotal;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.EventCell;
import io.milepost.analytics.cell.EventSignature;
import io.milepost.analytics.cell.JourneyCells;
import io.milepost.analytics.cell.Range;
import io.milepost.analytics.cell.Rejections;
import io.milepost.analytics.cell.Series;
import io.milepost.analytics.cell.UserSet;
import io.milepost.analytics.cell.What;
import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.Journey;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds all cells to those of a shadow, which took the same events in on another way: each cell of each day, the side
 * lists of events, the rejected entries. Cells are told by names, for each side gave its own numbers. Nobody may change
 * either meanwhile.
 */
final class Shadow {

    private final Cells cells;
    private final Cells shadow;
    /** By number of a user here: his number in the shadow, -1 = not known there. */
    private final int[] numberThere;

    private final Visitor visitor;
    private long compared;

    /** Hears of one difference: where, what is here, what is in the shadow. */
    interface Visitor {
        void differs(String where, String here, String there);
    }

    Shadow(Cells cells, Cells shadow, Visitor visitor) {
        this.visitor = visitor;
        this.cells = cells;
        this.shadow = shadow;
        Histories here = cells.histories();
        numberThere = new int[here.userCount()];
        for (int user = 0; user < numberThere.length; user++) {
            numberThere[user] = shadow.histories().findUser(here.userId(user));
        }
    }

    /** Compares everything; how many cells and sums that were. */
    long compare() {
        Set<String> ids = new TreeSet<>();
        cells.histories().journeys().forEach(journey -> ids.add(journey.id()));
        shadow.histories().journeys().forEach(journey -> ids.add(journey.id()));
        ids.forEach(this::journey);
        return compared;
    }

    private void journey(String id) {
        Journey here = cells.histories().journey(id);
        Journey there = shadow.histories().journey(id);
        if (here == null || there == null) {
            visitor.differs("journey=" + id, here == null ? "unknown" : "known", there == null ? "unknown" : "known");
            return;
        }
        series(here, there);
        same(sums(cells, here), sums(shadow, there));
    }

    private void series(Journey here, Journey there) {
        Map<String, Series> others = new HashMap<>();
        CellNames namesThere = new CellNames(shadow, there);
        shadow.of(there).series().forEach(series -> others.put(namesThere.of(series.key()), series));
        CellNames names = new CellNames(cells, here);
        for (Series series : cells.of(here).series()) {
            if (CellNames.isExact(series.key().what())) {
                String name = names.of(series.key());
                days(name, series, others.remove(name));
            }
        }
        others.forEach((name, series) -> {
            if (CellNames.isExact(series.key().what())) {
                days(name, null, series);
            }
        });
    }

    private void days(String name, @Nullable Series here, @Nullable Series there) {
        Map<Integer, Cell> others = new TreeMap<>();
        each(there, others::put);
        Map<Integer, Cell> own = new TreeMap<>();
        each(here, own::put);
        own.forEach((day, cell) -> cell(name + CellNames.day(day), cell, others.remove(day)));
        others.forEach((day, cell) -> cell(name + CellNames.day(day), null, cell));
        Series some = here == null ? there : here;
        if (some != null && some.key().what() != What.OPEN) {
            cell(name, here == null ? null : here.all(), there == null ? null : there.all());
        }
    }

    private static void each(@Nullable Series series, BiConsumer<Integer, Cell> visitor) {
        if (series != null) {
            series.eachDay(Integer.MIN_VALUE, Integer.MAX_VALUE, visitor::accept);
        }
    }

    private void cell(String where, @Nullable Cell here, @Nullable Cell there) {
        compared++;
        CellTotal one = total(here);
        CellTotal other = total(there);
        // Which users is told by number, and numbers differ: whether they are the same is looked at apart.
        boolean same = one.count() == other.count()
                && one.money().compareTo(other.money()) == 0
                && one.values() == other.values()
                && one.whichValues() == other.whichValues()
                && sameUsers(users(here), users(there));
        if (!same) {
            visitor.differs(where, one.toString(), other.toString());
        }
    }

    private static CellTotal total(@Nullable Cell cell) {
        return cell == null ? CellTotal.NOTHING : CellTotal.of(cell);
    }

    private static @Nullable UserSet users(@Nullable Cell cell) {
        return cell == null ? null : cell.users();
    }

    private boolean sameUsers(@Nullable UserSet here, @Nullable UserSet there) {
        int size = here == null ? 0 : here.size();
        if (size != (there == null ? 0 : there.size())) {
            return false;
        }
        boolean[] same = {true};
        if (here != null && there != null) {
            here.forEach(user -> same[0] &= numberThere[user] >= 0 && there.contains(numberThere[user]));
        }
        return same[0];
    }

    /** What is not a cell of a day: events that count once, and the rejected, in words. */
    private Map<String, String> sums(Cells of, Journey journey) {
        Map<String, String> sums = new TreeMap<>();
        JourneyCells kept = of.of(journey);
        CellNames names = new CellNames(of, journey);
        kept.events()
                .forEach((signature, cell) ->
                        sums.put(CellNames.journey(journey) + events(names, signature), told(of, cell)));
        kept.rejections()
                .forEach((rejected, who) -> sums.put(
                        CellNames.journey(journey) + " cell=rejected version=" + rejected.version() + " reason="
                                + of.histories().words().name(rejected.reason()),
                        told(who)));
        sums.put(CellNames.journey(journey) + " activity", journey.firstActivity() + ".." + journey.lastActivity());
        return sums;
    }

    private static String events(CellNames names, EventSignature signature) {
        String[] places = new String[signature.places()];
        for (int place = 0; place < places.length; place++) {
            places[place] = names.scope(signature.scope(place)) + CellNames.day(signature.day(place));
        }
        Arrays.sort(places);
        return (signature.conversion() ? " cell=converting-events" : " cell=goal-events")
                + CellNames.basis(signature.activity())
                + String.join(",", places);
    }

    private static String told(Cells of, EventCell cell) {
        Map<String, BigDecimal> worth = new TreeMap<>();
        cell.worth()
                .forEach((currency, sum) -> worth.put(
                        currency < 0 ? "" : of.histories().words().name(currency),
                        sum.sum().stripTrailingZeros()));
        return cell.count() + " " + worth;
    }

    private static String told(Rejections rejections) {
        long[] hash = {0};
        rejections.each(Range.ALL, (instant, user) -> hash[0] = 31 * hash[0] + instant);
        return rejections.in(Range.ALL) + "/" + hash[0];
    }

    private void same(Map<String, String> here, Map<String, String> there) {
        Set<String> all = new TreeSet<>(here.keySet());
        all.addAll(there.keySet());
        for (String where : all) {
            compared++;
            if (!Objects.equals(here.get(where), there.get(where))) {
                visitor.differs(where, String.valueOf(here.get(where)), String.valueOf(there.get(where)));
            }
        }
    }
}
