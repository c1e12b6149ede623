package io.milepost.analytics.audit;

import io.milepost.analytics.cell.Cell;
import io.milepost.analytics.cell.CellView;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.Deadlines;
import io.milepost.analytics.cell.Range;
import io.milepost.analytics.cell.Series;
import io.milepost.analytics.cell.UserUnion;
import io.milepost.analytics.cell.What;
import io.milepost.analytics.history.Journey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The kept cells of a group by one basis, of all time. For one read under the lock. */
final class GroupCells {

    /** Stands for the journey as a whole. */
    static final int JOURNEY = -1;

    private final CellView view;
    private final Map<What, Map<Integer, List<Series>>> byNode = new EnumMap<>(What.class);

    GroupCells(Cells cells, Journey journey, Group group, boolean activity) {
        view = new CellView(cells, journey, activity, group.wanted(), List.of(Range.ALL));
        for (What what : What.values()) {
            Map<Integer, List<Series>> nodes = new HashMap<>();
            for (Series series : view.series(what)) {
                nodes.computeIfAbsent(series.key().node(), any -> new ArrayList<>())
                        .add(series);
            }
            byNode.put(what, nodes);
        }
    }

    Set<Integer> nodes() {
        Set<Integer> nodes = new TreeSet<>();
        byNode.values().forEach(of -> nodes.addAll(of.keySet()));
        nodes.remove(JOURNEY);
        return nodes;
    }

    List<Series> of(What what, int node) {
        return byNode.getOrDefault(what, Map.of()).getOrDefault(node, List.of());
    }

    /** Of the journey and all its nodes. */
    List<Series> of(What what) {
        return view.series(what);
    }

    long count(List<Series> of) {
        return cells(of).stream().mapToLong(Cell::count).sum();
    }

    long count(What what, int node) {
        return count(of(what, node));
    }

    UserUnion users(List<Series> of) {
        UserUnion union = new UserUnion();
        for (Cell cell : cells(of)) {
            if (cell.users() != null) {
                union.add(cell.users());
            }
        }
        return union;
    }

    UserUnion users(What what, int node) {
        return users(of(what, node));
    }

    /** How many entries are not converted, of versions that have something to convert by. */
    long unconverted() {
        long unconverted = 0;
        for (Cell cell : cells(of(What.OPEN))) {
            Deadlines deadlines = cell.deadlines();
            unconverted += deadlines == null ? 0 : deadlines.size();
        }
        return unconverted;
    }

    long events(boolean conversion) {
        return view.events(conversion, 0).count();
    }

    private List<Cell> cells(List<Series> of) {
        List<Cell> cells = new ArrayList<>();
        of.forEach(series -> view.cells(series, 0, cells::add));
        return cells;
    }

    /** How many of the one are not in the other. */
    static int outside(UserUnion some, UserUnion all) {
        return some.size() - some.sharedWith(all);
    }
}
