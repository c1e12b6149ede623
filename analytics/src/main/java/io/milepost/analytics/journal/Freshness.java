package io.milepost.analytics.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the journal is, and how far the figures are.
 *
 * @param acceptedEvents durable events of the account
 * @param projectedEvents those of them that are part of the figures; never more than {@code acceptedEvents}
 * @param lastReceived when the newest block was received; null = nothing yet
 */
public record Freshness(long acceptedEvents, long projectedEvents, @Nullable Instant lastReceived) {}
