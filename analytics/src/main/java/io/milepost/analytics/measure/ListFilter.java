package io.milepost.analytics.measure;

import io.milepost.analytics.cell.CellKey;
import io.milepost.analytics.cell.FactRow;
import org.jspecify.annotations.Nullable;

/** By what a list of the things behind a figure can be narrowed, as the figure's own break-downs narrow it. */
public enum ListFilter {
    CHANNEL,
    /** {@code unknown} = those without one. */
    PLATFORM,
    /** Of engagements. */
    KIND,
    OUTCOME,
    /** Of an exit, a failure or a rejection; {@code unknown} = a failure without one. */
    REASON;

    /** The part of a cell's key that it is about, -1 = the cell's things have none; null = not in the key. */
    @Nullable
    Integer in(CellKey key) {
        return switch (key.what()) {
            case SENT, FAILED -> this == CHANNEL ? (Integer) key.x() : this == PLATFORM ? (Integer) key.y() : null;
            case ENGAGED, ENGAGED_BY_MACHINE ->
                this == KIND ? (Integer) key.x() : this == PLATFORM ? (Integer) key.y() : null;
            case OUTCOME -> this == OUTCOME ? key.x() : null;
            case EXIT_BY_REASON -> this == REASON ? key.x() : null;
            default -> null;
        };
    }

    /** The part of a row that it is about, -1 = the row has none. */
    int in(FactRow row) {
        return switch (this) {
            case CHANNEL -> row.channel();
            case PLATFORM -> row.platform();
            case KIND, REASON -> row.word();
            case OUTCOME -> row.outcome();
        };
    }
}
