package io.milepost.analytics.cell;

import io.milepost.analytics.fold.EntryFacts;
import io.milepost.analytics.history.Histories;

/**
 * An entry's facts, and what its cells need beside them.
 *
 * @param scope number of its version, variant and test
 * @param convertedAt {@link Histories#NEVER} = not converted
 * @param deadline last instant at which it can be converted; {@link Histories#NEVER} = without end
 * @param convertible whether its version has a conversion event
 */
record EntryState(EntryFacts facts, int scope, long convertedAt, long deadline, boolean convertible) {

    boolean converted() {
        return convertedAt != Histories.NEVER;
    }

    /** Whether facts that are equal contribute alike in both. */
    boolean sameContext(EntryState other) {
        return scope == other.scope
                && facts.head().user() == other.facts.head().user()
                && facts.head().startedAt() == other.facts.head().startedAt();
    }

    boolean sameHead(EntryState other) {
        return scope == other.scope
                && convertedAt == other.convertedAt
                && deadline == other.deadline
                && convertible == other.convertible
                && facts.head().equals(other.facts.head());
    }
}
