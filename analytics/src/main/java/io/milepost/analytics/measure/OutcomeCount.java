package io.milepost.analytics.measure;

import io.swagger.v3.oas.annotations.media.Schema;

/** How often one outcome came about. */
@Schema(description = "How often one outcome came about.")
public record OutcomeCount(
        @Schema(description = "How often, repeats included.", example = "30") long count,
        @Schema(description = "Distinct users.", example = "29") long users) {}
