package io.milepost.analytics.journal;

import io.milepost.analytics.event.Batch;
import org.jspecify.annotations.Nullable;

/**
 * One body's events on their way into the journal.
 *
 * @param mends id of the rejected event whose second chance this is: forgotten once the event is in, and kept as it is
 *     if it is refused again; null = events of their own
 */
public record Submission(Batch batch, @Nullable Long mends) {}
