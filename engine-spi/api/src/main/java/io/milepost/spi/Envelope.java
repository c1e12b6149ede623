package io.milepost.spi;

import java.time.Instant;

/**
 * Identity and time of an event.
 *
 * @param source the engine that speaks: a URI-reference of 1 to 200 characters
 * @param id of 1 to 200 characters; the same source and id again is the same event, however often it is sent
 * @param time when it happened, in the years 0000 to 9999 UTC; nanoseconds are kept
 * @since 0.1
 */
public record Envelope(String source, String id, Instant time) {
    public Envelope {
        Checks.uriReference("source", source);
        Checks.id("id", id);
        Checks.time("time", time);
    }
}
