package io.milepost.spi;

import java.time.Instant;

/**
 * An engine's memory of the past, for what was never told or was lost on the way.
 *
 * @since 0.1
 */
public interface ReplaySource {

    /**
     * Emits what the engine still knows of the events with {@code from ≤ time < to}, with the ids they had or would have
     * had when they happened, so that telling too much changes nothing. Called rarely, on a thread of its own; blocks
     * until all is emitted or the thread is interrupted; may throw if the engine's history can't be read, and may then
     * be called again. Holds no transaction of the engine open while it emits.
     *
     * @return the number of events emitted
     */
    long replay(Instant from, Instant to, JourneyEventSink into);
}
