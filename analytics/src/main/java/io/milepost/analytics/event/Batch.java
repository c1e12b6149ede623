package io.milepost.analytics.event;

import java.util.List;

/**
 * What one body brought.
 *
 * @param events the valid ones, in the body's order
 * @param indexes where each of {@code events} stood among all events of the body, from 0
 */
public record Batch(List<AcceptedEvent> events, int[] indexes, List<Refused> refused) {

    /** An event turned away by its own fault; its bytes as received lie at the given place of {@code body}. */
    public record Refused(int index, Rejection rejection, byte[] body, int offset, int length) {}
}
