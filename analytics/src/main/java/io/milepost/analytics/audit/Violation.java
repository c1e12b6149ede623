package io.milepost.analytics.audit;

import io.swagger.v3.oas.annotations.media.Schema;

/** Where a law does not hold, with both sides. */
@Schema(description = "Where a law does not hold, with both sides.")
public record Violation(
        @Schema(
                        description = "What was looked at: journey, version, basis, node and so on.",
                        example = "journey=welcome basis=cohort node=wait-1")
                String scope,
        @Schema(description = "What it should be.", example = "visits 6") String expected,
        @Schema(description = "What it is.", example = "completed 3 + cancelled 1 + active 0 + closed 1 = 5")
                String actual) {}
