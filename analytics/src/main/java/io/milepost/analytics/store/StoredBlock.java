package io.milepost.analytics.store;

import java.time.Instant;

/**
 * A row of the journal.
 *
 * @param payload the compressed events
 * @param identities what recognises each event again, packed
 * @param checksum over all other components
 */
public record StoredBlock(
        long account,
        long sequence,
        long firstEvent,
        int eventCount,
        Instant receivedAt,
        byte[] payload,
        byte[] identities,
        int checksum) {}
