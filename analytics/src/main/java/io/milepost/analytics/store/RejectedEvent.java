package io.milepost.analytics.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that was turned away, kept for its second chance.
 *
 * @param id given by the store; 0 = not stored yet
 * @param eventId the event's own id where it could be read
 * @param body as received, cut where it was too long
 * @param bodyLength bytes before it was cut
 */
public record RejectedEvent(
        long id,
        Instant receivedAt,
        String reason,
        @Nullable String eventId,
        @Nullable String field,
        String detail,
        byte[] body,
        int bodyLength) {

    public boolean isCut() {
        return body.length < bodyLength;
    }
}
