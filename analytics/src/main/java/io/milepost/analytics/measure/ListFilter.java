package io.milepost.analytics.measure;

import io.milepost.analytics.cell.Carrier;
import io.milepost.analytics.cell.CellKey;
import io.milepost.analytics.cell.FactRow;
import io.milepost.analytics.cell.What;
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

    /**
     * The part of a cell's key that it is about, -1 = the cell's things have none; null = not in the key.
     *
     * @param carrier by what the cell's messages went; null = it is about none
     */
    @Nullable
    Integer in(CellKey key, @Nullable Carrier carrier) {
        return switch (this) {
            case CHANNEL -> carrier == null ? null : (Integer) carrier.channel();
            case PLATFORM -> carrier == null ? null : (Integer) carrier.platform();
            case KIND -> key.what() == What.ENGAGED || key.what() == What.ENGAGED_BY_MACHINE ? (Integer) key.x() : null;
            case OUTCOME -> key.what() == What.OUTCOME ? (Integer) key.x() : null;
            case REASON -> key.what() == What.EXIT_BY_REASON ? (Integer) key.x() : null;
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
