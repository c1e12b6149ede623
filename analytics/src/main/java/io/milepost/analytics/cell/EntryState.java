package io.milepost.analytics.cell;

import io.milepost.analytics.fold.EntryFacts;

/** An entry's facts, and what its cells need beside them. */
record EntryState(EntryFacts facts, EntryCourse course) {

    boolean converted() {
        return course.converted();
    }

    /** Whether facts that are equal contribute alike in both. */
    boolean sameContext(EntryState other) {
        return course.scope() == other.course.scope()
                && course.user() == other.course.user()
                && course.startedAt() == other.course.startedAt();
    }

    boolean sameHead(EntryState other) {
        return course.equals(other.course) && facts.head().equals(other.facts.head());
    }
}
