package io.milepost.simulator.engine;

import io.milepost.spi.Capability;
import io.milepost.spi.EventSource;
import io.milepost.tck.JourneyEngineKit;
import io.milepost.tck.KitEngine;
import io.milepost.tck.KitSetup;
import java.util.Set;

/** The simulator's engine keeps the rules every engine is to keep: the kit drives its tokens instead of a scenario. */
class KitTest extends JourneyEngineKit {

    @Override
    protected KitEngine start(KitSetup setup) {
        return new DrivenEngine(setup);
    }

    @Override
    protected Set<Capability> capabilities() {
        return new SimulatedEngine(new EventSource("/kit"), (from, to, into) -> 0).capabilities();
    }

    @Override
    protected String reasonWithout(Capability missing) {
        return switch (missing) {
            case OUTER_TRANSACTIONS -> "a simulated engine begins every transaction itself";
            case TENANTS -> "a world is one account's";
            case TRANSACTIONAL_OUTBOX -> "it has no database: it lives through everything again instead";
            default -> super.reasonWithout(missing);
        };
    }
}
