package io.milepost.analytics.history;

import java.util.Set;

/** The journey versions whose conversion filter an event met when its attributes were erased. */
public record ErasedMatches(Set<Match> matches) {

    public ErasedMatches {
        matches = Set.copyOf(matches);
    }

    /** A version of the journey of that number. */
    public record Match(int journey, long version) {}
}
