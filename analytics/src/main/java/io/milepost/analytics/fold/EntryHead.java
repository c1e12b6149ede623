package io.milepost.analytics.fold;

import io.milepost.analytics.history.Histories;

/**
 * What holds for an entry as a whole.
 *
 * @param user of the earliest journey.entered, else of the entry's earliest event; so are version, variant and test
 * @param variant number in the journey, -1 = none
 * @param startedAt nanoseconds since 1970, as all instants of facts
 * @param exitedAt {@link Histories#NEVER} = still active
 * @param reason word of the exit, -1 = still active
 * @param exitNode where it left, -1 = still active or not known
 * @param exitOutcome outcome of the last visit there, -1 = none
 */
public record EntryHead(
        int entry,
        int user,
        long version,
        int variant,
        boolean test,
        long startedAt,
        long exitedAt,
        int reason,
        int exitNode,
        int exitOutcome) {

    public boolean exited() {
        return exitedAt != Histories.NEVER;
    }
}
