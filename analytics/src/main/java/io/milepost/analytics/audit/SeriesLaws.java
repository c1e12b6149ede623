package io.milepost.analytics.audit;

import io.milepost.analytics.cell.Cell;
import io.milepost.analytics.cell.CellTotal;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.Deadlines;
import io.milepost.analytics.cell.Series;
import io.milepost.analytics.cell.UserSet;
import io.milepost.analytics.cell.What;
import io.milepost.analytics.history.Journey;
import java.util.List;

/** What the days of each series have to do with the cell of all days. */
final class SeriesLaws {

    /** Cells and users of one read: bounds how long the projector may have to wait for the lock. */
    private static final long AT_ONCE = 500_000;

    private static final long CELL = 20;

    private final Findings findings;

    SeriesLaws(Findings findings) {
        this.findings = findings;
    }

    /** Looks at some series from that number on. Under the lock. The next number, or -1 once there are no more. */
    int check(Cells cells, Journey journey, int from) {
        List<Series> series = cells.of(journey).series();
        CellNames names = new CellNames(cells, journey);
        long cost = 0;
        int next = from;
        while (next < series.size() && cost < AT_ONCE) {
            cost += check(names, series.get(next++));
        }
        return next < series.size() ? next : -1;
    }

    private long check(CellNames names, Series series) {
        long[] cost = {0};
        long[] most = {0};
        long[] sum = {0};
        series.eachDay(Integer.MIN_VALUE, Integer.MAX_VALUE, (day, cell) -> {
            UserSet users = cell.users();
            long here = users == null ? 0 : users.size();
            cost[0] += CELL + here;
            most[0] = Math.max(most[0], here);
            sum[0] += here;
            if (series.key().what() == What.OPEN) {
                open(names, series, day, cell);
            }
            countsAreNotNegative(names, series, day, cell);
        });
        if (series.key().what() != What.OPEN) {
            CellTotal all = CellTotal.of(series.all());
            CellTotal days = CellTotal.ofDays(series);
            if (all.equals(days)) {
                findings.checked(Law.SUM_OVER_DAYS, 1);
            } else {
                findings.check(Law.SUM_OVER_DAYS, names.of(series.key()), false, days, all);
            }
            findings.checked(Law.DISTINCT_OF_UNION, 1);
            if (all.users() < most[0] || all.users() > sum[0]) {
                findings.violated(
                        Law.DISTINCT_OF_UNION,
                        names.of(series.key()),
                        "users from " + most[0] + " to " + sum[0],
                        all.users());
            }
        }
        return cost[0];
    }

    private void countsAreNotNegative(CellNames names, Series series, int day, Cell cell) {
        if (cell.count() < 0) {
            findings.violated(
                    Law.SUM_OVER_DAYS,
                    names.of(series.key()) + CellNames.day(day),
                    "a count of 0 or more",
                    cell.count());
        }
    }

    private void open(CellNames names, Series series, int day, Cell cell) {
        Deadlines deadlines = cell.deadlines();
        long known = deadlines == null ? 0 : deadlines.size();
        findings.checked(Law.SUM_OVER_DAYS, 1);
        if (known != cell.count()) {
            findings.violated(
                    Law.SUM_OVER_DAYS, names.of(series.key()) + CellNames.day(day), "deadlines " + cell.count(), known);
        }
    }
}
