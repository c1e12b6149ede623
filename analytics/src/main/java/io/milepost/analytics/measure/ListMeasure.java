package io.milepost.analytics.measure;

import static io.milepost.analytics.measure.ListFilter.CHANNEL;
import static io.milepost.analytics.measure.ListFilter.EDGE;
import static io.milepost.analytics.measure.ListFilter.FROM_NODE;
import static io.milepost.analytics.measure.ListFilter.KIND;
import static io.milepost.analytics.measure.ListFilter.PLATFORM;
import static io.milepost.analytics.measure.ListFilter.REASON;

import io.milepost.analytics.measure.MeasureDescription.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The lists of what is behind the figures: each has as many rows as its figure counts. */
public enum ListMeasure {
    ENTRIES(Level.JOURNEY, "entries", Thing.ENTRY, false),
    ENTRY_USERS(Level.JOURNEY, "entryUsers", Thing.ENTRY, true),
    ACTIVE_ENTRIES(Level.JOURNEY, "activeEntries", Thing.ENTRY, false),
    EXITS(Level.JOURNEY, "exits", Thing.ENTRY, false),
    EXITS_BY_REASON(Level.JOURNEY, "exitsByReason", Thing.ENTRY, false, REASON),
    EXITED_USERS(Level.JOURNEY, "exitedUsers", Thing.ENTRY, true),
    CONVERTED_USERS(Level.JOURNEY, "convertedUsers", Thing.ENTRY, true),
    CONVERTED_ENTRIES(Level.JOURNEY, "convertedEntries", Thing.ENTRY, false),
    CONVERSION_EVENTS(Level.JOURNEY, "conversionEvents", Thing.EVENT, false),
    /** The numerator. */
    CONVERSION_RATE(Level.JOURNEY, "conversionRate", Thing.ENTRY, true),
    NOT_CONVERTED(Level.JOURNEY, "notConverted", Thing.ENTRY, true),
    OPEN_ENTRIES(Level.JOURNEY, "openEntries", Thing.ENTRY, false),
    GOAL_PERFORMERS(Level.JOURNEY, "goalPerformers", Thing.EVENT, true),
    GOAL_EVENTS(Level.JOURNEY, "goalEvents", Thing.EVENT, false),
    ACTIVE_USERS(Level.JOURNEY, "activeUsers", Thing.ENGAGEMENT, true),
    MESSAGES_SENT(Level.JOURNEY, "messagesSent", Thing.MESSAGE, false, CHANNEL, PLATFORM),
    MESSAGES_FAILED(Level.JOURNEY, "messagesFailed", Thing.MESSAGE, false, CHANNEL, PLATFORM, REASON),
    REJECTED_ENTRIES(Level.JOURNEY, "rejectedEntries", Thing.REJECTION, false, REASON),

    ENTRY_COUNT(Level.NODE, "entryCount", Thing.VISIT, false, FROM_NODE, EDGE),
    ENTRY_USER_COUNT(Level.NODE, "entryUserCount", Thing.VISIT, true, FROM_NODE, EDGE),
    COMPLETED_COUNT(Level.NODE, "completedCount", Thing.VISIT, false),
    /** Completed visits whose duration is known. */
    DURATION(Level.NODE, "duration", Thing.VISIT, false),
    ACTIVE_COUNT(Level.NODE, "activeCount", Thing.VISIT, false),
    EXIT_COUNT(Level.NODE, "exitCount", Thing.ENTRY, false),
    EXIT_WITHOUT_CONVERSION_COUNT(Level.NODE, "exitWithoutConversionCount", Thing.ENTRY, false),
    /** The numerator. */
    COMPLETION_RATE(Level.NODE, "completionRate", Thing.VISIT, true),
    WAITING(Level.NODE, "waiting", Thing.VISIT, true),
    DROPPED(Level.NODE, "dropped", Thing.VISIT, true),
    SENT_COUNT(Level.NODE, "sentCount", Thing.MESSAGE, false, CHANNEL, PLATFORM),
    FAILED_COUNT(Level.NODE, "failedCount", Thing.MESSAGE, false, CHANNEL, PLATFORM, REASON),
    SENT_USER_COUNT(Level.NODE, "sentUserCount", Thing.MESSAGE, true, CHANNEL, PLATFORM),
    FAILED_USER_COUNT(Level.NODE, "failedUserCount", Thing.MESSAGE, true, CHANNEL, PLATFORM, REASON),
    /** Those by people. */
    ENGAGEMENTS(Level.NODE, "engagements", Thing.ENGAGEMENT, false, KIND, CHANNEL, PLATFORM),
    ENGAGED_USERS(Level.NODE, "engagements.users", Thing.ENGAGEMENT, true, KIND, CHANNEL, PLATFORM),
    ENGAGED_BY_MACHINE(Level.NODE, "engagements.machine", Thing.ENGAGEMENT, false, KIND, CHANNEL, PLATFORM),
    /** The numerator. */
    CLICK_THROUGH_RATE(Level.NODE, "clickThroughRate", Thing.ENGAGEMENT, true, CHANNEL, PLATFORM),
    NOT_CLICKED(Level.NODE, "notClicked", Thing.MESSAGE, true, CHANNEL, PLATFORM),
    OUTCOMES(Level.NODE, "outcomes", Thing.OUTCOME, false, ListFilter.OUTCOME),
    OUTCOME_USERS(Level.NODE, "outcomes.users", Thing.OUTCOME, true, ListFilter.OUTCOME),

    ENTERED_STAGE(Level.STAGE, "enteredUsers", Thing.ENTRY, true),
    COMPLETED_STAGE(Level.STAGE, "completedUsers", Thing.ENTRY, true),
    WAITING_IN_STAGE(Level.STAGE, "waitingUsers", Thing.ENTRY, true),
    DROPPED_IN_STAGE(Level.STAGE, "droppedUsers", Thing.ENTRY, true);

    /** What a row tells of. */
    public enum Thing {
        ENTRY,
        VISIT,
        MESSAGE,
        ENGAGEMENT,
        OUTCOME,
        /** A user's own. */
        EVENT,
        REJECTION
    }

    private final Level level;
    private final String text;
    private final Thing thing;
    private final boolean byUser;
    private final Set<ListFilter> filters;

    ListMeasure(Level level, String text, Thing thing, boolean byUser, ListFilter... filters) {
        this.level = level;
        this.text = text;
        this.thing = thing;
        this.byUser = byUser;
        this.filters = Set.of(filters);
    }

    /** The names of the lists of a journey, a node or a stage. */
    public static List<String> names(Level level) {
        return Arrays.stream(values())
                .filter(list -> list.level == level)
                .map(ListMeasure::text)
                .toList();
    }

    public Level level() {
        return level;
    }

    /** As requests name it. */
    public String text() {
        return text;
    }

    public Thing thing() {
        return thing;
    }

    /** Whether its figure counts users: then each has one row, about the earliest thing. */
    public boolean byUser() {
        return byUser;
    }

    public Set<ListFilter> filters() {
        return filters;
    }
}
