package io.milepost.analytics.journal;

import io.milepost.analytics.event.AcceptedEvent;
import java.time.Instant;
import java.util.List;

/**
 * Events that were accepted at once, in journal order.
 *
 * @param sequence 1 for the account's first block, then without gaps
 * @param firstEvent 0-based number of its first event in the account
 * @param receivedAt by the server's clock, to the millisecond; the same for all its events
 */
public record Block(long sequence, long firstEvent, Instant receivedAt, List<AcceptedEvent> events) {

    /** How many events the account has once this block is in. */
    public long eventsSoFar() {
        return firstEvent + events.size();
    }
}
