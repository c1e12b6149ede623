package io.milepost.analytics.api;

import io.milepost.analytics.journal.Freshness;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Schema(name = "Freshness", description = "How much of what was accepted the answer knows.")
record FreshnessAnswer(
        @Schema(description = "Events accepted so far.", example = "10000") long acceptedEvents,
        @Schema(
                        description = "How many of them, in the order of acceptance, are part of the answer at least.",
                        example = "10000")
                long projectedEvents,
        @Schema(
                        description = "When the newest accepted events were received; null where there are none.",
                        example = "2026-03-02T10:15:30.123Z")
                @Nullable
                Instant lastReceived) {

    static FreshnessAnswer of(Freshness freshness) {
        return new FreshnessAnswer(freshness.acceptedEvents(), freshness.projectedEvents(), freshness.lastReceived());
    }
}
