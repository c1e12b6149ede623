package io.milepost.simulator.engine;

import io.milepost.spi.JourneyEvent;

/** Which events the engine itself never tells: decided by the event's id alone, so that the truth can know. */
final class Loss {

    private final long seed;
    private final double share;

    Loss(long seed, double share) {
        this.seed = seed;
        this.share = share;
    }

    boolean takes(JourneyEvent event) {
        return share > 0 && (Seeds.mix(seed, event.id().hashCode()) >>> 11) * 0x1.0p-53 < share;
    }
}
