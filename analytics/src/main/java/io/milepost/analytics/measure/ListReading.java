package io.milepost.analytics.measure;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.history.Journey;
import java.util.Objects;

/** Reads of one list, of a journey that is known; events flow in between them. */
record ListReading(CellProjection projection, ListQuery query) {

    /** A question about a journey. */
    interface Question<T> {
        T ask(Cells cells, Journey journey);
    }

    <T> T read(Question<T> question) {
        return projection.read(cells -> question.ask(
                cells,
                Objects.requireNonNull(
                        cells.histories().journey(query.query().journeyId()), "a journey that had rows")));
    }

    boolean isOfKnown() {
        return projection.read(cells -> cells.histories().journey(query.query().journeyId()) != null);
    }

    RowTexts texts(Cells cells, Journey journey) {
        return new RowTexts(cells, journey, query.list().thing());
    }
}
