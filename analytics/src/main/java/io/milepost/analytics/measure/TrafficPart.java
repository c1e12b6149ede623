package io.milepost.analytics.measure;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The traffic of one channel, platform, node, bucket, or of several of these together. */
@Schema(
        description =
                "Part of the traffic: it has a channel, a platform, a node and a start where it is split by them.")
public record TrafficPart(
        @Schema(description = "Start of the bucket.", example = "2026-03-02T00:00:00Z")
                @JsonInclude(JsonInclude.Include.NON_NULL)
                @Nullable
                Instant start,
        @Schema(description = "Channel of the messages.", example = "push")
                @JsonInclude(JsonInclude.Include.NON_NULL)
                @Nullable
                String channel,
        @Schema(description = "Platform of the messages; `unknown` = not said.", example = "android")
                @JsonInclude(JsonInclude.Include.NON_NULL)
                @Nullable
                String platform,
        @Schema(description = "Node that sent them.", example = "welcome-push")
                @JsonInclude(JsonInclude.Include.NON_NULL)
                @Nullable
                String nodeId,
        @Schema(description = "Messages whose final status is sent.", example = "84") long sentCount,
        @Schema(description = "Messages whose final status is failed.", example = "25") long failedCount,
        @Schema(description = "Distinct users of the sent ones.", example = "80") long sentUserCount,
        @Schema(description = "Distinct users of the failed ones.", example = "25") long failedUserCount,
        @Schema(
                        description = "The failed ones by reason; `unknown` = none was given.",
                        example = "{\"token-expired\": 23, \"unknown\": 2}")
                Map<String, Long> failuresByReason,
        @Schema(
                        description = "Engagements by kind with the sent ones.",
                        example = "{\"clicked\": {\"count\": 12, \"users\": 11, \"machine\": 2}}")
                Map<String, Engagement> engagements,
        @Schema(
                        description = "Exact sum of the cost of the sent ones, by currency.",
                        example = "{\"EUR\": \"20.5962\"}")
                Map<String, String> cost) {

    static TrafficPart of(
            @Nullable Instant start,
            @Nullable String channel,
            @Nullable String platform,
            @Nullable String nodeId,
            TrafficFigures figures) {
        return new TrafficPart(
                start,
                channel,
                platform,
                nodeId,
                figures.sentCount(),
                figures.failedCount(),
                figures.sentUserCount(),
                figures.failedUserCount(),
                figures.failuresByReason(),
                figures.engagements(),
                figures.cost());
    }
}
