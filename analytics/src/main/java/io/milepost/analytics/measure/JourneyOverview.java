package io.milepost.analytics.measure;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the list of journeys.
 *
 * @param name of the newest version that has one
 * @param versions defined or seen, ascending
 * @param firstActivity time of the journey's earliest event of an entry; null = none yet
 * @param lastActivity of the latest one
 */
@Schema(description = "One line of the list of journeys.")
public record JourneyOverview(
        @Schema(description = "The journey's id.", example = "onboarding") String id,
        @Schema(description = "Its name, that of the newest version which has one.", example = "Onboarding") @Nullable
                String name,
        @Schema(description = "Versions defined or seen, ascending.", example = "[1, 2]") List<Long> versions,
        @Schema(description = "Number of entries: passes of a user through the journey.", example = "112") long entries,
        @Schema(description = "Converted users out of entered users, in percent.") Rate conversionRate,
        @Schema(description = "Messages whose final status is sent.", example = "210") long messagesSent,
        @Schema(
                        description = "Time of its earliest event, its definitions apart; null where there is none.",
                        example = "2026-03-01T08:00:00Z")
                @Nullable
                Instant firstActivity,
        @Schema(
                        description = "Time of its latest event, its definitions apart; null where there is none.",
                        example = "2026-03-09T17:30:00Z")
                @Nullable
                Instant lastActivity) {

    public JourneyOverview {
        versions = List.copyOf(versions);
    }
}
