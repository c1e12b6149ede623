package io.milepost.analytics.measure;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/**
 * The message and engagement figures of a node on one platform.
 *
 * @param engagements by kind; a kind without any is left out
 */
@Schema(description = "The message and engagement figures of a node on one platform.")
public record PlatformFigures(
        @Schema(description = "Messages of this platform whose final status is sent.", example = "40") long sentCount,
        @Schema(description = "Messages of this platform whose final status is failed.", example = "2")
                long failedCount,
        @Schema(description = "Distinct users of the sent ones.", example = "38") long sentUserCount,
        @Schema(description = "Distinct users of the failed ones.", example = "2") long failedUserCount,
        @Schema(
                        description = "Engagements by kind on sent messages of this platform.",
                        example = "{\"clicked\": {\"count\": 12, \"users\": 11, \"machine\": 2}}")
                Map<String, Engagement> engagements) {

    public PlatformFigures {
        engagements = Figures.ordered(engagements);
    }
}
