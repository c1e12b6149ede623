package io.milepost.analytics.measure;

import org.jspecify.annotations.Nullable;

/**
 * One page of the list of journeys.
 *
 * @param search part of the name or id, in any case; null = all
 * @param page from 0
 * @param size 1 or more
 * @param scope of the figures; it does not choose the journeys
 */
public record JourneyListQuery(@Nullable String search, int page, int size, Scope scope) {

    public JourneyListQuery {
        if (page < 0 || size < 1) {
            throw new IllegalArgumentException("page " + page + " of size " + size);
        }
    }

    /** How many journeys come before this page. */
    public long offset() {
        return (long) page * size;
    }
}
