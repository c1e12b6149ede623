package io.milepost.analytics.measure;

import io.milepost.analytics.cell.FactRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the first rows behind a position among all that are handed to it in no order. */
final class PageRows {

    private final @Nullable ListPosition after;
    private final int size;
    private int given;
    private long taken;
    /** The first rows so far, and perhaps as many again. */
    final List<FactRow> rows = new ArrayList<>();

    PageRows(@Nullable ListPosition after, int size) {
        this.after = after;
        this.size = size;
    }

    void take(RowTexts texts, FactRow row) {
        taken++;
        if (after != null) {
            int order = texts.compare(row, after);
            // Rows that read alike are no different: any of them can be those that were given.
            if (order < 0 || order == 0 && given++ < after.given()) {
                return;
            }
        }
        rows.add(row);
        if (rows.size() > 2 * size + 2) {
            cut(texts);
        }
    }

    /** Whether no row of that instant or later can be on the page any more. */
    boolean isFullBefore(long instant, RowTexts texts) {
        if (rows.size() <= size) {
            return false;
        }
        cut(texts);
        return rows.get(size).time() < instant;
    }

    private void cut(RowTexts texts) {
        rows.sort(texts);
        rows.subList(Math.min(rows.size(), size + 1), rows.size()).clear();
    }

    /** How many rows were handed to it. */
    long taken() {
        return taken;
    }

    /** @param total rows of the whole list */
    JourneyLists.Page close(long total, RowTexts texts) {
        cut(texts);
        List<FactRow> page = rows.subList(0, Math.min(size, rows.size()));
        ListPosition end = rows.size() > size ? position(texts, page) : null;
        return new JourneyLists.Page(page.stream().map(texts::row).toList(), total, end);
    }

    private ListPosition position(RowTexts texts, List<FactRow> page) {
        FactRow last = page.get(page.size() - 1);
        int alike =
                (int) page.stream().filter(row -> texts.compare(row, last) == 0).count();
        int before = after != null && texts.compare(last, after) == 0 ? after.given() : 0;
        return new ListPosition(last.time(), texts.texts(last), before + alike);
    }
}
