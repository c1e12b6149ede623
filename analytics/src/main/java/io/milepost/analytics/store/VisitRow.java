package io.milepost.analytics.store;

import org.jspecify.annotations.Nullable;

/**
 * A visit as a row.
 *
 * @param fromNodeId null = the start
 * @param leftAt null = not left
 * @param state lower-case: completed, cancelled, active or closed
 * @param durationNanos null where it was not completed, or nobody knows when it began
 */
public record VisitRow(
        String visitId,
        String nodeId,
        @Nullable String fromNodeId,
        @Nullable String edgeId,
        long enteredAt,
        @Nullable Long leftAt,
        @Nullable String outcome,
        String state,
        @Nullable Long durationNanos) {}
