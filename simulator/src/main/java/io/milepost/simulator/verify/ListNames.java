package io.milepost.simulator.verify;

import io.milepost.simulator.truth.ListName;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which list is behind which figure. */
final class ListNames {

    private static final Pattern RATE = Pattern.compile("(\\w+Rate)\\.(value|numerator|denominator)");
    /** A kind or an outcome that is wholly absent, or there too many. */
    private static final Pattern WHOLE = Pattern.compile("(platforms\\..+\\.)?(engagements|outcomes)\\.[^.]+");

    private static final Pattern TRANSITION = Pattern.compile(".* → (.*) by .*");
    private static final Map<String, String> NUMERATORS = Map.of("dropOffRate", "dropped");
    private static final Map<String, String> DENOMINATORS = Map.of(
            "conversionRate", "entryUsers",
            "completionRate", "entryUserCount",
            "dropOffRate", "entryUserCount",
            "clickThroughRate", "sentUserCount");
    private static final Map<String, String> OTHERS = Map.of(
            "waitingUserCount", "waiting",
            "droppedUserCount", "dropped");

    private ListNames() {}

    /**
     * @param figures which of the interface's answers
     * @param measure as a {@link Difference} names it
     * @return null where there is none
     */
    static @Nullable ListName behind(String figures, String measure) {
        switch (figures) {
            case "summary" -> {
                return new ListName(list(measure), null);
            }
            case "nodes" -> {
                int colon = measure.indexOf(": ");
                return colon < 0 ? null : new ListName(list(measure.substring(colon + 2)), measure.substring(0, colon));
            }
            case "transitions" -> {
                Matcher way = TRANSITION.matcher(measure);
                return way.matches() ? new ListName("entryCount", way.group(1)) : null;
            }
            default -> {
                return null;
            }
        }
    }

    private static String list(String path) {
        Matcher rate = RATE.matcher(path);
        if (rate.matches()) {
            String of = rate.group(1);
            return rate.group(2).equals("denominator")
                    ? DENOMINATORS.getOrDefault(of, of)
                    : NUMERATORS.getOrDefault(of, of);
        }
        if (path.startsWith("goalValue")) {
            return "goalEvents";
        }
        if (path.startsWith("trafficCost")) {
            return "messagesSent";
        }
        if (path.startsWith("duration")) {
            return "duration";
        }
        return WHOLE.matcher(path).matches() ? path + ".count" : OTHERS.getOrDefault(path, path);
    }
}
