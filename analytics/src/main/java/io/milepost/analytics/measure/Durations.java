package io.milepost.analytics.measure;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A distribution of durations, in milliseconds. All but {@code count} are null where {@code count} is 0. Mean, min and
 * max are exact, a percentile is within 1 % of the value at its nearest rank.
 */
@Schema(
        description =
                "Distribution of durations in milliseconds; all but `count` are null where `count` is 0. Mean, min and"
                        + " max are exact, a percentile is within 1 % of the value at that rank (nearest rank).")
public record Durations(
        @Schema(description = "How many durations.", example = "72") long count,
        @Schema(description = "Arithmetic mean, exact.", example = "5210.5") @Nullable Double mean,
        @Schema(description = "Shortest, exact.", example = "0") @Nullable Double min,
        @Schema(description = "Median, within 1 %.", example = "4100") @Nullable Double p50,
        @Schema(description = "90th percentile, within 1 %.", example = "9000") @Nullable Double p90,
        @Schema(description = "95th percentile, within 1 %.", example = "9900") @Nullable Double p95,
        @Schema(description = "99th percentile, within 1 %.", example = "12000") @Nullable Double p99,
        @Schema(description = "Longest, exact.", example = "14211") @Nullable Double max) {

    /** Of no visit at all. */
    public static final Durations NONE = new Durations(0, null, null, null, null, null, null, null);
}
