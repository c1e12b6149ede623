package io.milepost.simulator.truth;

import io.milepost.spi.JourneyEvent.NodeEntered;
import io.milepost.spi.JourneyEvent.NodeExited;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One arrival at a node: its earliest arrival and its earliest leaving, of which one may be unknown. */
final class Visit {

    @Nullable
    NodeEntered entered;

    @Nullable
    NodeExited exited;

    /** Its node is that of the arrival, also where it was left somewhere else (migration). */
    String node() {
        return entered != null
                ? entered.visit().nodeId()
                : known(exited).visit().nodeId();
    }

    Instant enteredAt() {
        return entered != null ? entered.time() : known(exited).time();
    }

    @Nullable
    Instant leftAt() {
        return exited == null ? null : exited.time();
    }

    boolean completed() {
        return exited != null && !exited.cancelled();
    }

    @Nullable
    String outcome() {
        return exited == null ? null : exited.outcome();
    }

    /** Nanoseconds from arrival to leaving, 0 where it was left first; null where the visit has no duration. */
    @Nullable
    Long duration() {
        if (entered == null || exited == null || exited.cancelled()) {
            return null;
        }
        return Math.max(0, Duration.between(entered.time(), exited.time()).toNanos());
    }

    private static NodeExited known(@Nullable NodeExited exit) {
        if (exit == null) {
            throw new IllegalStateException("a visit is known by its arrival or its leaving");
        }
        return exit;
    }
}
