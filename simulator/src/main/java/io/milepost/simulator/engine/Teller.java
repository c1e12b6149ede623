package io.milepost.simulator.engine;

import io.milepost.spi.EventSource;
import io.milepost.spi.JourneyEvent;

/** Whose clock an entry goes by, and who hears what happens. */
interface Teller {

    EventSource source();

    /** In epoch milliseconds. */
    long now();

    void tell(JourneyEvent event);
}
