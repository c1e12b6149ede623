package io.milepost.spi;

import org.jspecify.annotations.Nullable;

/**
 * One pass of a user through a journey, as seen by one event of it.
 *
 * @param version 1 or more
 * @param entryId unique in the journey
 * @param sequence the engine's own order of the events of this entry, which settles the order of events of the same
 *     time; null = the engine has none
 * @since 0.1
 */
public record EntryRef(String journeyId, long version, String entryId, String userId, @Nullable Long sequence) {
    public EntryRef {
        Checks.id("journeyId", journeyId);
        Checks.atLeast("version", 1, version);
        Checks.id("entryId", entryId);
        Checks.id("userId", userId);
    }

    public EntryRef(String journeyId, long version, String entryId, String userId) {
        this(journeyId, version, entryId, userId, null);
    }

    /** The same entry, for the event that comes at this place in the engine's order. */
    public EntryRef at(long place) {
        return new EntryRef(journeyId, version, entryId, userId, place);
    }
}
