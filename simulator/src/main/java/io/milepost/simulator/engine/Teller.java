package io.milepost.simulator.engine;

import io.milepost.spi.EventSource;
import io.milepost.spi.JourneyEvent;
import java.time.Instant;

/** Whose clock an entry goes by, and who hears what happens. */
interface Teller {

    EventSource source();

    /** In epoch milliseconds. */
    long now();

    /** What the clock of the engine's node at work says. */
    default Instant time() {
        return Instant.ofEpochMilli(now());
    }

    void tell(JourneyEvent event);
}
