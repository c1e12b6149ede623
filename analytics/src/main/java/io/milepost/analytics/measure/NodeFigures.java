package io.milepost.analytics.measure;

import static io.milepost.analytics.measure.MeasureDescription.Counted.ENGAGEMENTS;
import static io.milepost.analytics.measure.MeasureDescription.Counted.ENTRIES;
import static io.milepost.analytics.measure.MeasureDescription.Counted.MESSAGES;
import static io.milepost.analytics.measure.MeasureDescription.Counted.OUTCOMES;
import static io.milepost.analytics.measure.MeasureDescription.Counted.USERS;
import static io.milepost.analytics.measure.MeasureDescription.Counted.VISITS;

import io.milepost.analytics.measure.MeasureDescription.Unit;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every measure of a node.
 *
 * @param name null = not defined or not named
 * @param type null = not in any definition
 * @param channel null = none
 */
@Schema(description = "Every measure of a node. Maps leave out keys with nothing to show.")
public record NodeFigures(
        @Schema(description = "The node's id.", example = "welcome-push") String nodeId,
        @Schema(description = "Its name in the newest definition that has it.", example = "Welcome push") @Nullable
                String name,
        @Schema(description = "Its type in that definition; null where no definition has it.", example = "send")
                @Nullable
                String type,
        @Schema(description = "Its channel in that definition.", example = "push") @Nullable String channel,
        @Measure(
                        counts = VISITS,
                        activity = "by the visit's start",
                        breakDowns = {"fromNode", "edge"},
                        lists = "entryCount")
                @Schema(
                        title = "Visits",
                        description = "Number of visits: arrivals of an entry at this node.",
                        example = "120")
                long entryCount,
        @Measure(
                        counts = USERS,
                        activity = "of the visits started in the range",
                        breakDowns = {"fromNode", "edge"},
                        lists = "entryUserCount")
                @Schema(title = "Users", description = "Distinct users of the visits.", example = "94")
                long entryUserCount,
        @Measure(counts = VISITS, activity = "by the visit's end", lists = "completedCount")
                @Schema(
                        title = "Completed visits",
                        description = "Visits that were left and not cancelled.",
                        example = "100")
                long completedCount,
        @Measure(counts = VISITS, activity = "by the visit's start", lists = "activeCount")
                @Schema(
                        title = "Active visits",
                        description = "Visits not left yet, whose entry has not exited.",
                        example = "9")
                long activeCount,
        @Measure(counts = ENTRIES, activity = "by the exit", lists = "exitCount")
                @Schema(
                        title = "Exits here",
                        description = "Entries that exited at this node: the node the exit names, else that of the"
                                + " entry's last visit.",
                        example = "11")
                long exitCount,
        @Measure(counts = ENTRIES, activity = "by the exit", lists = "exitWithoutConversionCount")
                @Schema(
                        title = "Exits here without conversion",
                        description = "Entries that exited at this node and are not converted.",
                        example = "7")
                long exitWithoutConversionCount,
        @Measure(
                        counts = USERS,
                        unit = Unit.PERCENT,
                        activity = "of the visits started in the range, completed whenever",
                        lists = {"completionRate", "waiting", "dropped"})
                @Schema(
                        title = "Completion rate",
                        description = "Users with a completed visit out of the users of visits, in percent.")
                Rate completionRate,
        @Measure(counts = USERS, activity = "of the visits started in the range, completed whenever", lists = "waiting")
                @Schema(
                        title = "Waiting users",
                        description = "Users of visits without a completed one, but with an active one.",
                        example = "8")
                long waitingUserCount,
        @Measure(counts = USERS, activity = "of the visits started in the range, completed whenever", lists = "dropped")
                @Schema(
                        title = "Dropped users",
                        description = "Users of visits with neither a completed nor an active one. Completed, waiting"
                                + " and dropped users add up to the users of visits.",
                        example = "4")
                long droppedUserCount,
        @Measure(
                        counts = USERS,
                        unit = Unit.PERCENT,
                        activity = "of the visits started in the range, completed whenever",
                        lists = "dropped")
                @Schema(title = "Drop-off rate", description = "Dropped users out of the users of visits, in percent.")
                Rate dropOffRate,
        @Measure(
                        counts = MESSAGES,
                        activity = "by the message's final status",
                        breakDowns = "platform",
                        lists = "sentCount")
                @Schema(
                        title = "Messages sent",
                        description = "Messages of this node whose final status is sent.",
                        example = "84")
                long sentCount,
        @Measure(
                        counts = MESSAGES,
                        activity = "by the message's final status",
                        breakDowns = "platform",
                        lists = "failedCount")
                @Schema(
                        title = "Messages failed",
                        description = "Messages of this node whose final status is failed.",
                        example = "25")
                long failedCount,
        @Measure(
                        counts = USERS,
                        activity = "by the message's final status",
                        breakDowns = "platform",
                        lists = "sentUserCount")
                @Schema(
                        title = "Users sent to",
                        description = "Distinct users of the sent messages of this node.",
                        example = "80")
                long sentUserCount,
        @Measure(
                        counts = USERS,
                        activity = "by the message's final status",
                        breakDowns = "platform",
                        lists = "failedUserCount")
                @Schema(
                        title = "Users not reached",
                        description = "Distinct users of the failed messages of this node; who got another one counts"
                                + " among the users sent to as well.",
                        example = "25")
                long failedUserCount,
        @Measure(
                        counts = ENGAGEMENTS,
                        activity = "by the engagement",
                        breakDowns = {"kind", "platform"},
                        lists = {"engagements", "engagements.users", "engagements.machine"})
                @Schema(
                        title = "Engagements",
                        description = "What happened to the sent messages of this node, by kind: how often, by how many"
                                + " distinct users, and apart from both how often a machine did it.",
                        example = "{\"clicked\": {\"count\": 12, \"users\": 11, \"machine\": 2}}")
                Map<String, Engagement> engagements,
        @Measure(
                        counts = USERS,
                        unit = Unit.PERCENT,
                        activity = "of the users sent to in the range, those who clicked in it too",
                        lists = {"clickThroughRate", "notClicked"})
                @Schema(
                        title = "Click-through rate",
                        description = "Users who clicked a sent message of this node out of the users sent to, in"
                                + " percent. Machine clicks do not count.")
                Rate clickThroughRate,
        @Measure(
                        counts = OUTCOMES,
                        activity = "by the outcome, or the visit's end",
                        breakDowns = "outcome",
                        lists = {"outcomes", "outcomes.users"})
                @Schema(
                        title = "Outcomes",
                        description = "Outcomes reported for this node by name, and the outcomes its visits were left"
                                + " with.",
                        example = "{\"yes\": {\"count\": 30, \"users\": 29}}")
                Map<String, OutcomeCount> outcomes,
        @Measure(counts = VISITS, unit = Unit.MILLISECONDS, activity = "by the visit's end", lists = "duration")
                @Schema(
                        title = "Duration",
                        description = "Time from arrival to leaving of the completed visits whose arrival is known, in"
                                + " milliseconds. A visit left before it was entered counts as 0.")
                Durations duration,
        @Measure(
                        counts = MESSAGES,
                        activity = "as each figure inside",
                        breakDowns = "platform",
                        lists = {"sentCount", "failedCount", "sentUserCount", "failedUserCount", "engagements"})
                @Schema(
                        title = "Platforms",
                        description = "The message and engagement figures by platform, `unknown` where a message names"
                                + " none.",
                        example = "{\"android\": {\"sentCount\": 40, \"failedCount\": 2, \"sentUserCount\": 38,"
                                + " \"failedUserCount\": 2, \"engagements\": {}}}")
                Map<String, PlatformFigures> platforms) {

    public NodeFigures {
        engagements = Figures.ordered(engagements);
        outcomes = Figures.ordered(outcomes);
        platforms = Figures.ordered(platforms);
    }
}
