package io.milepost.analytics.measure;

import static io.milepost.analytics.measure.MeasureDescription.Counted.USERS;

import io.milepost.analytics.measure.MeasureDescription.Unit;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Every measure of a stage: one row of the funnel. Always by cohort. */
@Schema(description = "Every measure of a stage, one row of the funnel. Always by cohort.")
public record StageFigures(
        @Schema(description = "The stage's id.", example = "welcome") String id,
        @Schema(description = "Its name.", example = "Welcome") @Nullable String name,
        @Measure(counts = USERS, activity = "always by cohort", lists = "enteredUsers")
                @Schema(
                        title = "Users entering",
                        description = "Distinct users with an entry that visited a node of the stage.",
                        example = "94")
                long enteredUsers,
        @Measure(counts = USERS, activity = "always by cohort", lists = "completedUsers")
                @Schema(
                        title = "Users completing",
                        description = "Distinct users with an entry that, after its first visit to the stage, visited a"
                                + " node of a stage further down; in the last stage, that converted or exited as"
                                + " completed.",
                        example = "60")
                long completedUsers,
        @Measure(counts = USERS, activity = "always by cohort", lists = "waitingUsers")
                @Schema(
                        title = "Waiting users",
                        description = "Users entering who completed the stage in no entry, and one of whose entries in"
                                + " it is still active.",
                        example = "20")
                long waitingUsers,
        @Measure(counts = USERS, activity = "always by cohort", lists = "droppedUsers")
                @Schema(
                        title = "Dropped users",
                        description = "Users entering who neither completed the stage nor wait in it.",
                        example = "14")
                long droppedUsers,
        @Measure(
                        counts = USERS,
                        unit = Unit.PERCENT,
                        activity = "always by cohort",
                        lists = {"completedUsers", "enteredUsers"})
                @Schema(title = "Stage conversion", description = "Users completing out of users entering, in percent.")
                Rate conversionRate,
        @Measure(
                        counts = USERS,
                        unit = Unit.PERCENT,
                        activity = "always by cohort",
                        lists = {"droppedUsers", "enteredUsers"})
                @Schema(title = "Drop-off rate", description = "Dropped users out of users entering, in percent.")
                Rate dropOffRate) {}
