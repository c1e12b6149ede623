package io.milepost.analytics.measure;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How often entries went from one node to another by one edge.
 *
 * @param from null = the start of the journey
 * @param edgeId null = not said
 */
@Schema(
        description =
                "How often entries went from one node to another by one edge: one for each visit. Who they were, the"
                        + " lists `entryCount` and `entryUserCount` of the node `to` tell, with `fromNode` and `edge`.")
public record Transition(
        @Schema(description = "Node left; null is the start of the journey.", example = "welcome-push") @Nullable
                String from,
        @Schema(description = "Node arrived at.", example = "wait-1") String to,
        @Schema(description = "Sequence flow taken; null where the engine did not say.", example = "flow-2") @Nullable
                String edgeId,
        @Schema(description = "Visits that came this way.", example = "120") long count,
        @Schema(description = "Distinct users of those visits.", example = "118") long users) {}
