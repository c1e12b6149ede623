package io.milepost.analytics.measure;

import java.util.List;

/**
 * What the catalogue tells of a measure.
 *
 * @param name as in the figures
 * @param counts what one unit of it is; for a rate, of its numerator and denominator
 * @param activity how the activity basis chooses
 * @param breakDowns by what it can be split
 * @param lists names of the lists of what is behind it
 * @param seriesPaths how a series can name it and its parts, with the keys of maps in braces; empty = it has no series
 */
public record MeasureDescription(
        String name,
        String title,
        String definition,
        Unit unit,
        Counted counts,
        Level level,
        String activity,
        List<String> breakDowns,
        List<String> lists,
        List<String> seriesPaths) {

    /** What a measure is a measure of. */
    public enum Level {
        JOURNEY,
        NODE,
        STAGE
    }

    /** What a figure counts. */
    enum Counted {
        ENTRIES,
        USERS,
        VISITS,
        MESSAGES,
        ENGAGEMENTS,
        OUTCOMES,
        EVENTS,
        REJECTIONS
    }

    /** In what a figure is told. */
    enum Unit {
        COUNT,
        PERCENT,
        MILLISECONDS,
        /** Decimal amounts by currency. */
        MONEY
    }
}
