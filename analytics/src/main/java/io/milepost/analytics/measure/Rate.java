package io.milepost.analytics.measure;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A share of a whole; the numerator is a subset of the denominator. */
@Schema(description = "A share of a whole, with both counts. The numerator is a subset of the denominator.")
public record Rate(
        @Schema(description = "Percentage, unrounded; null where the denominator is 0.", example = "34.04255319148936")
                @Nullable
                Double value,
        @Schema(description = "How many of the denominator.", example = "32") long numerator,
        @Schema(description = "The whole.", example = "94") long denominator) {

    /** The rate of {@code numerator} out of {@code denominator}; of nothing it has no value. */
    public static Rate of(long numerator, long denominator) {
        return new Rate(denominator == 0 ? null : numerator * 100.0 / denominator, numerator, denominator);
    }
}
