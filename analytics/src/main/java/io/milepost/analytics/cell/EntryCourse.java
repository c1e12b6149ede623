package io.milepost.analytics.cell;

import io.milepost.analytics.history.Histories;

/**
 * Where an entry began and ended, and what came of it: what is noted of each entry, so that no event need be read.
 *
 * @param scope number of its version, variant and test
 * @param startedAt nanoseconds since 1970, as the others
 * @param exitedAt {@link Histories#NEVER} = still active
 * @param convertedAt {@link Histories#NEVER} = not converted
 * @param deadline last instant at which it can be converted; {@link Histories#NEVER} = without end
 * @param convertible whether its version has a conversion event
 */
record EntryCourse(
        int user, int scope, long startedAt, long exitedAt, long convertedAt, long deadline, boolean convertible) {

    boolean exited() {
        return exitedAt != Histories.NEVER;
    }

    boolean converted() {
        return convertedAt != Histories.NEVER;
    }
}
