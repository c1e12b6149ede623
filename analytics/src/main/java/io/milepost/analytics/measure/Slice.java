package io.milepost.analytics.measure;

import io.milepost.analytics.cell.Cell;
import io.milepost.analytics.cell.CellView;
import io.milepost.analytics.cell.Series;
import io.milepost.analytics.cell.UserSet;
import io.milepost.analytics.cell.UserUnion;
import io.milepost.analytics.cell.What;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

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
        List<Cell> cells = cells(of);
        if (cells.size() == 1) {
            UserSet users = cells.get(0).users();
            return users == null ? 0 : users.size();
        }
        return union(cells).size();
    }

    UserUnion users(List<Series> of) {
        return union(cells(of));
    }

    UserUnion users(What what) {
        return users(view.series(what));
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

    private static UserUnion union(List<Cell> cells) {
        UserUnion union = new UserUnion();
        for (Cell cell : cells) {
            UserSet users = cell.users();
            if (users != null) {
                union.add(users);
            }
        }
        return union;
    }
}
