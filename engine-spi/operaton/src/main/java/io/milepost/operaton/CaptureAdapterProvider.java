package io.milepost.operaton;

import io.milepost.spi.JourneyEngineAdapter;
import io.milepost.spi.JourneyEngineAdapterProvider;
import org.operaton.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;

/**
 * Adapts an engine by its configuration, before it is built.
 *
 * @since 0.1
 */
public final class CaptureAdapterProvider implements JourneyEngineAdapterProvider {
    @Override
    public String engine() {
        return "operaton";
    }

    @Override
    public boolean supports(Object engine) {
        return engine instanceof ProcessEngineConfigurationImpl;
    }

    @Override
    public JourneyEngineAdapter adapterFor(Object engine) {
        return new CaptureAdapter((ProcessEngineConfigurationImpl) engine);
    }
}
