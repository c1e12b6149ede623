package io.milepost.analytics.measure;

import io.milepost.analytics.cell.Carrier;
import io.milepost.analytics.cell.CellKey;
import io.milepost.analytics.cell.FactRow;
import io.milepost.analytics.cell.JourneyCells;
import io.milepost.analytics.cell.What;
import org.jspecify.annotations.Nullable;

/** By what a list of the things behind a figure can be narrowed, as the figure's own break-downs narrow it. */
public enum ListFilter {
    CHANNEL("channel", JourneyMeasures.UNKNOWN),
    PLATFORM("platform", JourneyMeasures.UNKNOWN),
    /** Of engagements. */
    KIND("kind", JourneyMeasures.UNKNOWN),
    OUTCOME("outcome", JourneyMeasures.UNKNOWN),
    /** Of an exit, a failure or a rejection. */
    REASON("reason", JourneyMeasures.UNKNOWN),
    /** Node that a visit came from; any word may be the id of one. */
    FROM_NODE("fromNode", ""),
    /** Sequence flow by which a visit came. */
    EDGE("edge", "");

    private final String text;
    private final String absent;

    ListFilter(String text, String absent) {
        this.text = text;
        this.absent = absent;
    }

    /** As requests name it. */
    public String text() {
        return text;
    }

    /** What asks for the things that have none. */
    public String absent() {
        return absent;
    }

    /** The part of a cell's key that it is about, -1 = the cell's things have none; null = not in the key. */
    @Nullable
    Integer in(CellKey key, JourneyCells cells) {
        Carrier carrier = cells.carrier(key);
        return switch (this) {
            case CHANNEL -> carrier == null ? null : (Integer) carrier.channel();
            case PLATFORM -> carrier == null ? null : (Integer) carrier.platform();
            case KIND -> key.what() == What.ENGAGED || key.what() == What.ENGAGED_BY_MACHINE ? (Integer) key.x() : null;
            case OUTCOME -> key.what() == What.OUTCOME ? (Integer) key.x() : null;
            case REASON -> key.what() == What.EXIT_BY_REASON ? (Integer) key.x() : null;
            case FROM_NODE -> key.what() == What.TRANSITION ? (Integer) key.x() : null;
            case EDGE ->
                key.what() == What.TRANSITION ? (Integer) cells.way(key).edge() : null;
        };
    }

    /** The part of a row that it is about, -1 = the row has none; null = not in the row, its cell alone tells. */
    @Nullable
    Integer in(FactRow row) {
        return switch (this) {
            case CHANNEL -> row.channel();
            case PLATFORM -> row.platform();
            case KIND, REASON -> row.word();
            case OUTCOME -> row.outcome();
            case FROM_NODE, EDGE -> null;
        };
    }
}
