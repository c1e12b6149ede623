package io.milepost.analytics.measure;

import java.time.Duration;

/** How far the projections have come. Any number of threads. */
public interface Progress {

    /** The state now; figures computed after the call know at least its projected events. */
    Freshness freshness();

    /**
     * Waits until that many accepted events are part of the figures.
     *
     * @return false where it did not come to that in time
     * @throws InterruptedException where the waiting thread is
     */
    boolean awaitProjected(long events, Duration atMost) throws InterruptedException;
}
