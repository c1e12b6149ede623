package io.milepost.analytics.measure;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import java.time.Instant;
import java.util.Map;

/**
 * One event of a user's timeline, as it was accepted.
 *
 * @param received when analytics took it
 * @param data JSON values as String, Long or what serializes as the number that was sent, Boolean, List, Map and null
 */
@Schema(description = "One event of a user's timeline, as it was accepted.")
public record TimelineEvent(
        @Schema(description = "When it happened.", example = "2026-03-02T10:15:30.123456789Z") Instant time,
        @Schema(description = "Its type in the vocabulary of events.", example = "journey.entered") String type,
        @Schema(description = "The engine that spoke.", example = "/engines/operaton/prod-1") String source,
        @Schema(description = "Its id, unique within the source.", example = "e-1") String id,
        @Schema(description = "When analytics received it.", example = "2026-03-02T10:15:31.02Z") Instant received,
        @Schema(
                        description = "Its fields as received.",
                        type = "object",
                        additionalProperties = AdditionalPropertiesValue.TRUE,
                        example =
                                "{\"journeyId\": \"onboarding\", \"version\": 1, \"entryId\": \"entry-1\", \"userId\":"
                                        + " \"user-1\"}")
                Map<String, Object> data) {}
