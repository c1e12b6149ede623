package io.milepost.flowable;

import io.milepost.spi.Capability;
import io.milepost.tck.JourneyEngineKit;
import io.milepost.tck.KitEngine;
import io.milepost.tck.KitSetup;
import java.util.Set;

class KitIT extends JourneyEngineKit {
    @Override
    protected KitEngine start(KitSetup setup) {
        return RealEngine.start(setup);
    }

    @Override
    protected Set<Capability> capabilities() {
        return JourneysConfigurator.capabilities();
    }

    @Override
    protected String reasonWithout(Capability missing) {
        return switch (missing) {
            case MIGRATION -> "the engine publishes no event of a migration";
            case WITHOUT_HISTORY -> "the engine's history events are what is told; level activity is needed";
            default -> super.reasonWithout(missing);
        };
    }
}
