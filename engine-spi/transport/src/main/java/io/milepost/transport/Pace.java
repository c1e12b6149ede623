package io.milepost.transport;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Lets something through once a period. */
final class Pace {
    private final InstantSource clock;
    private final Duration period;
    private @Nullable Instant last;

    Pace(InstantSource clock, Duration period) {
        this.clock = clock;
        this.period = period;
    }

    synchronized boolean isDue() {
        Instant now = clock.instant();
        if (last != null && now.isBefore(last.plus(period))) {
            return false;
        }
        last = now;
        return true;
    }
}
