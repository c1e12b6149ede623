package io.milepost.analytics.measure;

import io.swagger.v3.oas.annotations.media.Schema;

/** Engagements of one kind on sent messages. */
@Schema(description = "Engagements of one kind on sent messages.")
public record Engagement(
        @Schema(description = "How often people did it.", example = "12") long count,
        @Schema(description = "Distinct users who did it.", example = "11") long users,
        @Schema(
                        description = "How often a bot, scanner or privacy proxy did it; in neither of the other two.",
                        example = "2")
                long machine) {}
