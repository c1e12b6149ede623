package io.milepost.analytics.audit;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/** What an audit found. */
@Schema(name = "Audit", description = "Whether the kept figures agree with each other, and with the journal.")
public record AuditReport(
        @Schema(description = "Whether every law holds.", example = "true") boolean ok,
        @Schema(description = "When it was begun.", example = "2026-03-02T10:15:30.123Z") Instant checkedAt,
        @Schema(description = "How long it took, in milliseconds.", example = "180") long tookMillis,
        @Schema(description = "Events that were part of the figures when it was begun.", example = "10000")
                long projectedEvents,
        @Schema(description = "Users who were computed anew from the journal.", example = "20") int sampledUsers,
        @Schema(description = "The laws, each with how often it was looked at and where it does not hold.")
                List<LawReport> laws) {

    /** How many times any law was looked at. */
    public long checked() {
        return laws.stream().mapToLong(LawReport::checked).sum();
    }

    /** How many times any law did not hold. */
    public long violations() {
        return laws.stream().mapToLong(LawReport::violationCount).sum();
    }
}
