package io.milepost.analytics.measure;

import static io.milepost.analytics.measure.MeasureDescription.Counted.ENTRIES;
import static io.milepost.analytics.measure.MeasureDescription.Counted.EVENTS;
import static io.milepost.analytics.measure.MeasureDescription.Counted.MESSAGES;
import static io.milepost.analytics.measure.MeasureDescription.Counted.REJECTIONS;
import static io.milepost.analytics.measure.MeasureDescription.Counted.USERS;

import io.milepost.analytics.measure.MeasureDescription.Unit;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/**
 * Every measure of a journey. Maps leave out keys with nothing to show and are sorted by key; money is a plain decimal
 * without trailing zeros, by currency.
 */
@Schema(description = "Every measure of a journey. Maps leave out keys with nothing to show.")
public record JourneySummary(
        @Measure(counts = ENTRIES, activity = "by the entry's start", lists = "entries")
                @Schema(
                        title = "Entries",
                        description = "Number of entries: passes of a user through the journey.",
                        example = "112")
                long entries,
        @Measure(counts = USERS, activity = "of the entries started in the range", lists = "entryUsers")
                @Schema(
                        title = "Entered users",
                        description = "Distinct users of the entries; who enters again counts once.",
                        example = "94")
                long entryUsers,
        @Measure(counts = ENTRIES, activity = "by the entry's start", lists = "activeEntries")
                @Schema(title = "Active entries", description = "Entries that have not exited yet.", example = "14")
                long activeEntries,
        @Measure(counts = ENTRIES, activity = "by the exit", lists = "exits")
                @Schema(
                        title = "Exits without conversion",
                        description = "Entries that have exited and are not converted. A late conversion lowers it.",
                        example = "66")
                long exits,
        @Measure(counts = ENTRIES, activity = "by the exit", breakDowns = "reason", lists = "exitsByReason")
                @Schema(
                        title = "Exits by reason",
                        description = "Exited entries, converted or not, by the reason of their exit.",
                        example = "{\"completed\": 59, \"expired\": 3}")
                Map<String, Long> exitsByReason,
        @Measure(counts = USERS, activity = "by the exit", lists = "exitedUsers")
                @Schema(
                        title = "Users who completed",
                        description = "Distinct users of the entries that exited with the reason completed.",
                        example = "57")
                long exitedUsers,
        @Measure(
                        counts = USERS,
                        activity = "by the user's counted conversion",
                        lists = {"convertedUsers", "notConverted"})
                @Schema(
                        title = "Converted users",
                        description =
                                "Distinct users with at least one converted entry: the journey's conversion event,"
                                        + " its filters met, at or after the entry's start and no later than the"
                                        + " attribution window after its exit. Once per user, however many events or entries.",
                        example = "32")
                long convertedUsers,
        @Measure(counts = ENTRIES, activity = "by the entry's earliest conversion", lists = "convertedEntries")
                @Schema(
                        title = "Converted entries",
                        description = "Entries converted by at least one event.",
                        example = "33")
                long convertedEntries,
        @Measure(counts = EVENTS, activity = "by the event", lists = "conversionEvents")
                @Schema(
                        title = "Conversion events",
                        description = "Events that convert at least one entry, each counted once.",
                        example = "41")
                long conversionEvents,
        @Measure(
                        counts = USERS,
                        unit = Unit.PERCENT,
                        activity =
                                "of the users of entries started in the range, those whose counted conversion is in it too",
                        lists = {"conversionRate", "notConverted"})
                @Schema(title = "Conversion rate", description = "Converted users out of entered users, in percent.")
                Rate conversionRate,
        @Measure(counts = ENTRIES, activity = "always by cohort", lists = "openEntries")
                @Schema(
                        title = "Entries still open to conversion",
                        description = "Entries, of versions with a conversion event, that are not converted and still"
                                + " can be at `asOf`: not exited, or without an attribution window, or within it.",
                        example = "9")
                long openEntries,
        @Measure(counts = USERS, activity = "by the event", lists = "goalPerformers")
                @Schema(
                        title = "Goal performers",
                        description = "Distinct users who performed the conversion event, its filters met, at or after"
                                + " the start of one of their entries, inside the attribution window or not.",
                        example = "40")
                long goalPerformers,
        @Measure(counts = EVENTS, activity = "by the event", lists = "goalEvents")
                @Schema(
                        title = "Goal events",
                        description = "Number of the events by which goal performers qualify, each counted once.",
                        example = "52")
                long goalEvents,
        @Measure(
                        counts = EVENTS,
                        unit = Unit.MONEY,
                        activity = "by the event",
                        breakDowns = "currency",
                        lists = "goalEvents")
                @Schema(
                        title = "Goal value",
                        description = "Exact sum of the values of the goal events by currency, `unknown` where an event"
                                + " names none.",
                        example = "{\"EUR\": \"59.4\"}")
                Map<String, String> goalValue,
        @Measure(counts = USERS, activity = "by the engagement", lists = "activeUsers")
                @Schema(
                        title = "Active users",
                        description = "Distinct users with a sent message that they themselves, not a machine, were"
                                + " shown, opened, clicked or replied to.",
                        example = "71")
                long activeUsers,
        @Measure(counts = MESSAGES, activity = "by the message's final status", lists = "messagesSent")
                @Schema(title = "Messages sent", description = "Messages whose final status is sent.", example = "210")
                long messagesSent,
        @Measure(counts = MESSAGES, activity = "by the message's final status", lists = "messagesFailed")
                @Schema(
                        title = "Messages failed",
                        description = "Messages whose final status is failed.",
                        example = "25")
                long messagesFailed,
        @Measure(
                        counts = MESSAGES,
                        activity = "by the message's final status",
                        breakDowns = "channel",
                        lists = {"messagesSent", "messagesFailed"})
                @Schema(
                        title = "Messages by channel",
                        description = "Messages by channel and final status.",
                        example = "{\"push\": {\"sent\": 84, \"failed\": 25}}")
                Map<String, ChannelFigures> channels,
        @Measure(
                        counts = MESSAGES,
                        unit = Unit.MONEY,
                        activity = "by the message's final status",
                        breakDowns = "currency",
                        lists = "messagesSent")
                @Schema(
                        title = "Traffic cost",
                        description = "Exact sum of the costs of the sent messages by currency.",
                        example = "{\"EUR\": \"20.5962\"}")
                Map<String, String> trafficCost,
        @Measure(
                        counts = REJECTIONS,
                        activity = "by the rejection, with the cohort basis too",
                        breakDowns = "reason",
                        lists = "rejectedEntries")
                @Schema(
                        title = "Rejected entries",
                        description = "How often the engine turned someone away at the entry, by reason.",
                        example = "{\"capped\": 2}")
                Map<String, Long> rejectedEntries) {

    public JourneySummary {
        exitsByReason = Figures.ordered(exitsByReason);
        goalValue = Figures.ordered(goalValue);
        channels = Figures.ordered(channels);
        trafficCost = Figures.ordered(trafficCost);
        rejectedEntries = Figures.ordered(rejectedEntries);
    }
}
