package io.milepost.operaton;

import io.milepost.spi.Capability;
import io.milepost.tck.JourneyEngineKit;
import io.milepost.tck.KitEngine;
import io.milepost.tck.KitSetup;
import java.util.EnumSet;
import java.util.Set;
import org.operaton.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;

class KitIT extends JourneyEngineKit {
    @Override
    protected KitEngine start(KitSetup setup) {
        return RealEngine.start(setup);
    }

    @Override
    protected Set<Capability> capabilities() {
        Set<Capability> declared =
                EnumSet.copyOf(new CaptureAdapter(new StandaloneInMemProcessEngineConfiguration()).capabilities());
        if (!OuterTransactions.TRIED) {
            declared.remove(Capability.OUTER_TRANSACTIONS);
        }
        return declared;
    }

    @Override
    protected String reasonWithout(Capability missing) {
        return missing == Capability.OUTER_TRANSACTIONS ? OuterTransactions.WHY_NOT : super.reasonWithout(missing);
    }
}
