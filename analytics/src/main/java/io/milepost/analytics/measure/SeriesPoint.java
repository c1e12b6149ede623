package io.milepost.analytics.measure;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A figure of one bucket of the calendar.
 *
 * @param start of the bucket, also where the range begins later
 * @param value in the shape it has in the summary, or the node
 */
@Schema(description = "The figure of one bucket of the calendar, cut to the range asked for.")
public record SeriesPoint(
        @Schema(description = "Start of the bucket in the zone asked for.", example = "2026-03-02T00:00:00Z")
                Instant start,
        @Schema(
                        description = "The figure, in the shape it has in the summary or the node: a number, a rate, a"
                                + " map; null where a rate's value or a percentile has nothing to speak of.",
                        anyOf = {Double.class, String.class, Rate.class, Object.class},
                        example = "12")
                @Nullable
                Object value) {}
