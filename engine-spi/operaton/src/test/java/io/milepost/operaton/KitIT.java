package io.milepost.operaton;

import io.milepost.spi.Capability;
import io.milepost.tck.JourneyEngineKit;
import io.milepost.tck.KitEngine;
import io.milepost.tck.KitSetup;
import java.util.Set;
import org.operaton.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;

class KitIT extends JourneyEngineKit {
    @Override
    protected KitEngine start(KitSetup setup) {
        return RealEngine.start(setup);
    }

    @Override
    protected Set<Capability> capabilities() {
        return new CaptureAdapter(new StandaloneInMemProcessEngineConfiguration()).capabilities();
    }

    @Override
    protected String reasonWithout(Capability missing) {
        return missing == Capability.TRANSACTIONAL_OUTBOX
                ? "events leave by queue and spool after the commit"
                : super.reasonWithout(missing);
    }
}
