package io.milepost.analytics.measure;

import io.milepost.analytics.cell.Cell;
import io.milepost.analytics.cell.CellView;
import io.milepost.analytics.cell.Series;
import io.milepost.analytics.cell.UserSet;
import io.milepost.analytics.cell.UserUnion;
import io.milepost.analytics.cell.What;
import io.milepost.analytics.history.Names;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One range of a view: counts, users and sums of series taken together. */
final class Slice {

    private final CellView view;
    private final int range;

    Slice(CellView view, int range) {
        this.view = view;
        this.range = range;
    }

    CellView view() {
        return view;
    }

    int range() {
        return range;
    }

    List<Series> series(What what) {
        return view.series(what);
    }

    long count(What what) {
        return count(view.series(what));
    }

    long count(List<Series> of) {
        long sum = 0;
        for (Cell cell : cells(of)) {
            sum += cell.count();
        }
        return sum;
    }

    long userCount(What what) {
        return userCount(view.series(what));
    }

    /** Distinct users; without a union where one cell has them all. */
    long userCount(List<Series> of) {
        List<UserSet> sets = sets(of);
        return sets.size() == 1 ? sets.get(0).size() : union(sets).size();
    }

    UserUnion users(List<Series> of) {
        return union(sets(of));
    }

    /** To be counted before the lock is given back: without a copy where one cell has them all. */
    UserUnion lookedAt(List<Series> of) {
        List<UserSet> sets = sets(of);
        return sets.size() == 1 ? UserUnion.lookingAt(sets.get(0)) : union(sets);
    }

    UserUnion users(What what) {
        return users(view.series(what));
    }

    /** By kind; a kind without any is left out. */
    Map<String, Engagement> engagements(List<Series> deeds, List<Series> users, List<Series> machines, Names words) {
        Map<Integer, List<Series>> byPeople =
                Grouping.by(deeds, each -> each.key().x());
        Map<Integer, List<Series>> byUsers =
                Grouping.by(users, each -> each.key().x());
        Map<Integer, List<Series>> byMachines =
                Grouping.by(machines, each -> each.key().x());
        Set<Integer> kinds = new TreeSet<>(byPeople.keySet());
        kinds.addAll(byMachines.keySet());
        Map<String, Engagement> engagements = new HashMap<>();
        for (Integer kind : kinds) {
            Engagement engagement = new Engagement(
                    count(byPeople.getOrDefault(kind, List.of())),
                    userCount(byUsers.getOrDefault(kind, List.of())),
                    count(byMachines.getOrDefault(kind, List.of())));
            if (engagement.count() > 0 || engagement.machine() > 0) {
                engagements.put(words.name(kind), engagement);
            }
        }
        return engagements;
    }

    /** Plain decimals by currency; one without any payment is left out. */
    Map<String, String> cost(List<Series> payments, Names words) {
        Map<String, String> cost = new HashMap<>();
        Grouping.by(payments, each -> each.key().x()).forEach((currency, series) -> {
            if (count(series) > 0) {
                cost.put(words.name(currency), JourneyMeasures.plain(money(series)));
            }
        });
        return cost;
    }

    BigDecimal money(List<Series> of) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Cell cell : cells(of)) {
            sum = sum.add(cell.money());
        }
        return sum;
    }

    List<Cell> cells(List<Series> of) {
        List<Cell> cells = new ArrayList<>();
        for (Series each : of) {
            view.cells(each, range, cells::add);
        }
        return cells;
    }

    /** Those that have anybody: a scope that entries have left keeps its cells. */
    private List<UserSet> sets(List<Series> of) {
        List<UserSet> sets = new ArrayList<>();
        for (Cell cell : cells(of)) {
            UserSet users = cell.users();
            if (users != null && users.size() > 0) {
                sets.add(users);
            }
        }
        return sets;
    }

    private static UserUnion union(List<UserSet> sets) {
        UserUnion union = new UserUnion();
        sets.forEach(union::add);
        return union;
    }
}
