package io.milepost.analytics.measure;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How much of what was accepted an answer knows. */
@Schema(description = "How much of what was accepted the answer knows.")
public record Freshness(
        @Schema(description = "Events accepted so far.", example = "10000") long acceptedEvents,
        @Schema(
                        description =
                                "Of those, how many are part of the answer; the first ones in the order of acceptance.",
                        example = "10000")
                long projectedEvents,
        @Schema(
                        description = "When the last accepted event was received; null where there is none.",
                        example = "2026-03-02T10:15:30.123Z")
                @Nullable
                Instant lastReceived) {}
