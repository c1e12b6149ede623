package io.milepost.analytics.event;

import java.time.Duration;

/**
 * How much of what a request may bring.
 *
 * @param eventBytes of one event as received
 * @param definitionBytes of one {@code journey.defined}
 * @param bodyEvents events in one body
 * @param bodyBytes of one body after decompression
 * @param ahead how far {@code time} may lie ahead of the server's clock
 */
public record EventLimits(int eventBytes, int definitionBytes, int bodyEvents, int bodyBytes, Duration ahead) {

    /** What the event contract names. */
    public static final EventLimits DEFAULT =
            new EventLimits(64 * 1024, 1024 * 1024, 10_000, 16 * 1024 * 1024, Duration.ofHours(1));
}
