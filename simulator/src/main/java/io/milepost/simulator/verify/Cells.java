package io.milepost.simulator.verify;

import org.jspecify.annotations.Nullable;

/** One row of a list or report, whether it came as JSON or as CSV. */
@FunctionalInterface
interface Cells {

    /** Null where there is nothing in that column, or no such column. */
    @Nullable
    String of(String column);

    /** Empty where there is nothing. */
    default String text(String column) {
        String text = of(column);
        return text == null ? "" : text;
    }
}
