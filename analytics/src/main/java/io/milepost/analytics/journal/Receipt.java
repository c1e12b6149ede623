package io.milepost.analytics.journal;

import io.milepost.analytics.event.Batch.Refused;
import java.util.List;

/**
 * What became of a submission, once that is durable.
 *
 * @param refused by the body's order
 * @param acceptedEvents the account's, so far: at least up to this submission
 */
public record Receipt(int accepted, int duplicates, List<Refused> refused, long acceptedEvents) {}
