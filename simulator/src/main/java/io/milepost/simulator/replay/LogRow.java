package io.milepost.simulator.replay;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row of a log.
 *
 * @param activityRun tells the runs of an activity within a case apart; null = the log does not say
 * @param phase null = the log has one row for each activity
 */
public record LogRow(
        String caseId,
        String userId,
        String activity,
        Instant time,
        @Nullable String activityRun,
        @Nullable Phase phase) {

    private static final int LONGEST = 200;

    /** What XES has between the ends of an activity, or instead of one. */
    private static final Set<String> IN_BETWEEN = Set.of(
            "schedule",
            "assign",
            "reassign",
            "suspend",
            "resume",
            "withdraw",
            "autoskip",
            "manualskip",
            "ate_abort",
            "pi_abort",
            "unknown");

    /** @throws IllegalArgumentException if an id is too long */
    public LogRow {
        caseId = id("case", caseId);
        userId = id("user", userId);
        activity = id("activity", activity);
    }

    /** In one line, as ids are: cells may have line breaks. */
    private static String id(String what, String text) {
        String id = text.replaceAll("\\p{Cntrl}+", " ").strip();
        if (id.codePointCount(0, id.length()) > LONGEST) {
            throw new IllegalArgumentException("the " + what + " has more than " + LONGEST
                    + " characters, too many for an id; take another column, or shorten it");
        }
        return id;
    }

    /** Whether rows of that transition tell neither end of an activity, and so nothing of a visit. */
    static boolean isInBetween(@Nullable String transition) {
        return transition != null && IN_BETWEEN.contains(transition.toLowerCase(Locale.ROOT));
    }

    /** Which end of an activity a row tells. */
    public enum Phase {
        START,
        COMPLETE
    }
}
