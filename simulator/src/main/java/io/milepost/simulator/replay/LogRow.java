package io.milepost.simulator.replay;

import java.time.Instant;
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

    /** Which end of an activity a row tells. */
    public enum Phase {
        START,
        COMPLETE
    }
}
