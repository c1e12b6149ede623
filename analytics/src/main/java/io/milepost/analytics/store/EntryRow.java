package io.milepost.analytics.store;

import org.jspecify.annotations.Nullable;

/**
 * An entry as a row. Instants of all rows are nanoseconds since 1970.
 *
 * @param exitedAt null = still active, as are reason and exit node
 * @param convertedAt its earliest conversion; null = not converted
 */
public record EntryRow(
        String journeyId,
        String entryId,
        String userId,
        long version,
        @Nullable String variant,
        boolean test,
        long startedAt,
        @Nullable Long exitedAt,
        @Nullable String exitReason,
        @Nullable String exitNodeId,
        @Nullable Long convertedAt) {}
