package io.milepost.operaton;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.operaton.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.operaton.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.operaton.bpm.engine.impl.context.Context;
import org.operaton.bpm.engine.impl.incident.IncidentHandler;
import org.operaton.bpm.engine.impl.interceptor.Session;
import org.operaton.bpm.engine.impl.interceptor.SessionFactory;

/** The one place that hangs {@link Capture} into an engine's configuration. */
final class CapturePlugin extends AbstractProcessEnginePlugin {
    static final String BEAN = "journeys";

    private final Capture capture;

    CapturePlugin(Capture capture) {
        this.capture = capture;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        nameJourneys(engine);
        engine.setCustomPostBPMNParseListeners(
                with(engine.getCustomPostBPMNParseListeners(), new ListenerPlacement(capture)));
        engine.setCustomPostDeployers(with(engine.getCustomPostDeployers(), new DefinitionTelling(capture)));
        engine.setCustomSessionFactories(with(engine.getCustomSessionFactories(), new Buffers(capture)));
        engine.setCustomHistoryEventHandlers(with(
                with(engine.getCustomHistoryEventHandlers(), new EngineTimes.Hearing(capture)),
                new MigrationTelling(capture)));
    }

    @Override
    public void postInit(ProcessEngineConfigurationImpl engine) {
        Map<String, IncidentHandler> handlers = engine.getIncidentHandlers();
        handlers.replaceAll((type, handler) -> new IncidentTelling(handler, capture));
        if (capture.isStrict()) {
            capture.open(engine.getDatabaseTablePrefix(), engine.getDataSource());
        }
    }

    Capture capture() {
        return capture;
    }

    /** Only where the engine resolves names by a map: a map of ours would hide the beans of a container. */
    private void nameJourneys(ProcessEngineConfigurationImpl engine) {
        if (engine.getBeans() == null && engine instanceof StandaloneProcessEngineConfiguration) {
            engine.setBeans(new HashMap<>());
        }
        if (engine.getBeans() instanceof HashMap<Object, Object> beans) {
            beans.putIfAbsent(BEAN, new Journeys(capture));
        }
    }

    private static <T> List<T> with(@Nullable List<T> given, T ours) {
        List<T> all = given == null ? new ArrayList<>() : new ArrayList<>(given);
        all.add(ours);
        return all;
    }

    private record Buffers(Capture capture) implements SessionFactory {
        @Override
        public Class<?> getSessionType() {
            return TransactionBuffer.class;
        }

        @Override
        public Session openSession() {
            return new TransactionBuffer(capture, Context.getCommandContext());
        }
    }
}
