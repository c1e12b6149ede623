package io.milepost.analytics.measure;

import java.util.List;

/**
 * A place in a list: behind so many of the rows that read like this one.
 *
 * @param time of the row, nanoseconds since 1970
 * @param texts what else orders rows
 * @param given how many rows of just this time and these texts lie before it
 */
public record ListPosition(long time, List<String> texts, int given) {

    /** How many texts order the rows. */
    public static final int TEXTS = RowTexts.ORDER.size();

    public ListPosition {
        texts = List.copyOf(texts);
    }
}
