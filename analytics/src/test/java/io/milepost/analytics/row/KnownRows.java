package io.milepost.analytics.row;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.store.EntryRows;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** All rows that a projection folds to, by journey and entry. */
final class KnownRows {

    private KnownRows() {}

    static TreeMap<String, EntryRows> of(CellProjection projection) {
        return projection.read(cells -> {
            FactRows facts = new FactRows(cells);
            TreeMap<String, EntryRows> rows = new TreeMap<>();
            for (int entry = 0; entry < cells.histories().entryCount(); entry++) {
                EntryRows of = facts.of(entry);
                rows.put(key(of), of);
            }
            return rows;
        });
    }

    /** By number of the entry. */
    static List<EntryRows> inOrder(CellProjection projection) {
        return projection.read(cells -> {
            FactRows facts = new FactRows(cells);
            List<EntryRows> rows = new ArrayList<>();
            for (int entry = 0; entry < cells.histories().entryCount(); entry++) {
                rows.add(facts.of(entry));
            }
            return rows;
        });
    }

    static String key(EntryRows rows) {
        return rows.entry().journeyId() + "\n" + rows.entry().entryId();
    }
}
