package io.milepost.analytics.audit;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * How one law stands.
 *
 * @param violations the first of them
 */
@Schema(description = "How one law stands.")
public record LawReport(
        @Schema(description = "Its name; stays what it is.", example = "visits-by-state") String id,
        @Schema(description = "What it says.", example = "The transitions into a node are its visits.")
                String statement,
        @Schema(description = "How many times it was looked at; 0 where there was nothing to look at.", example = "240")
                long checked,
        @Schema(description = "How many times it did not hold.", example = "0") long violationCount,
        @Schema(description = "The first 20 of those.") List<Violation> violations) {}
