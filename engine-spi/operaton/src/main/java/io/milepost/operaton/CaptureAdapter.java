package io.milepost.operaton;

import io.milepost.spi.AdapterContext;
import io.milepost.spi.Capability;
import io.milepost.spi.Diagnostics;
import io.milepost.spi.JourneyEngineAdapter;
import io.milepost.spi.ReplaySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.operaton.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.operaton.bpm.engine.impl.cfg.ProcessEnginePlugin;

/** Listens to an engine that is configured and not yet built. */
final class CaptureAdapter implements JourneyEngineAdapter {
    private static final Set<Capability> CAPABILITIES = Set.copyOf(EnumSet.allOf(Capability.class));

    private final ProcessEngineConfigurationImpl engine;

    CaptureAdapter(ProcessEngineConfigurationImpl engine) {
        this.engine = engine;
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Attachment attach(AdapterContext context) {
        Capture capture = new Capture(context);
        List<ProcessEnginePlugin> plugins = engine.getProcessEnginePlugins() == null
                ? new ArrayList<>()
                : new ArrayList<>(engine.getProcessEnginePlugins());
        plugins.add(new CapturePlugin(capture));
        engine.setProcessEnginePlugins(plugins);
        return new Attached(capture, new HistoryReplay(capture, engine));
    }

    record Attached(Capture capture, ReplaySource replay) implements Attachment {
        @Override
        public boolean flush(Duration deadline) {
            return capture.flush(deadline);
        }

        @Override
        public Diagnostics diagnostics() {
            return capture.diagnostics();
        }

        @Override
        public Optional<ReplaySource> replaySource() {
            return Optional.of(replay);
        }

        @Override
        public void close() {
            capture.close();
        }
    }
}
