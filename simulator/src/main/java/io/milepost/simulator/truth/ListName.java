package io.milepost.simulator.truth;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The list behind a figure.
 *
 * @param measure the figure's path, e.g. {@code engagements.clicked.users}, or {@code waiting}, {@code notClicked} …
 * @param node null = one of the journey's
 */
public record ListName(String measure, @Nullable String node) {

    private static final Set<String> OF_ENTRIES = Set.of(
            "entries",
            "activeEntries",
            "exits",
            "convertedEntries",
            "openEntries",
            "exitCount",
            "exitWithoutConversionCount");
    private static final Set<String> OF_VISITS = Set.of("entryCount", "completedCount", "activeCount", "duration");
    private static final Set<String> OF_USERS = Set.of(
            "conversionRate",
            "notConverted",
            "goalPerformers",
            "completionRate",
            "clickThroughRate",
            "waiting",
            "dropped",
            "notClicked");
    private static final Pattern USERS = Pattern.compile("(.*\\.)?(users|\\w+Users|\\w+UserCount)");

    /** What its rows tell of. */
    public Thing thing() {
        if (OF_USERS.contains(measure) || USERS.matcher(measure).matches()) {
            return Thing.USER;
        }
        if (OF_ENTRIES.contains(measure) || measure.startsWith("exitsByReason")) {
            return Thing.ENTRY;
        }
        if (OF_VISITS.contains(measure)) {
            return Thing.VISIT;
        }
        if (measure.startsWith("outcomes")) {
            return Thing.OUTCOME;
        }
        if (measure.startsWith("rejectedEntries")) {
            return Thing.REJECTION;
        }
        if (measure.equals("conversionEvents") || measure.equals("goalEvents")) {
            return Thing.EVENT;
        }
        return measure.contains("engagements.") ? Thing.ENGAGEMENT : Thing.MESSAGE;
    }

    @Override
    public String toString() {
        return node == null ? measure : node + ": " + measure;
    }
}
