package io.milepost.analytics.measure;

import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.DayUsers;
import io.milepost.analytics.cell.FactRow;
import io.milepost.analytics.event.Nanos;
import io.milepost.analytics.history.Journey;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The rows of some users, as a list wants them: found by folding. For the time of one read. */
final class UserRows {

    private final ListQuery query;
    private final BiConsumer<RowTexts, FactRow> visitor;
    private final RowTexts texts;
    private final ListFilters filters;
    private final Behind behind;
    private final IntConsumer rows;
    private final long asOf;
    private @Nullable FactRow earliest;

    UserRows(Cells cells, Journey journey, ListQuery query, BiConsumer<RowTexts, FactRow> visitor) {
        this.query = query;
        this.visitor = visitor;
        this.texts = new RowTexts(cells, journey, query.list().thing());
        this.filters = ListFilters.of(cells, journey, query);
        this.asOf = Nanos.of(query.query().asOf());
        this.behind = Objects.requireNonNull(Behind.of(cells, journey, query), "a part that is known");
        this.rows = behind.rows().to(this::take);
    }

    RowTexts texts() {
        return texts;
    }

    /** Who may have a row on which day. */
    DayUsers days() {
        return new DayUsers(behind.days());
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
