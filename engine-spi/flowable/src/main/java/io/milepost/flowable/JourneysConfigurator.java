package io.milepost.flowable;

import io.milepost.spi.AdapterContext;
import io.milepost.spi.Capability;
import io.milepost.spi.Diagnostics;
import io.milepost.spi.JourneyEngineAdapter;
import io.milepost.spi.ReplaySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowable.common.engine.impl.AbstractEngineConfiguration;
import org.flowable.common.engine.impl.EngineConfigurator;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.common.engine.impl.interceptor.Session;
import org.flowable.common.engine.impl.interceptor.SessionFactory;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.jspecify.annotations.Nullable;

/**
 * Switches journey analytics on: one configurator more in the engine's configuration, given where events go by an
 * {@link AdapterContext}. The engine must keep a history of at least the level {@code activity}: it is what is told. The
 * context's setting {@code outbox}, {@code true}, switches to strict mode.
 *
 * <p>Once the engine runs, it doesn't notice Milepost.
 *
 * @since 0.1
 */
public final class JourneysConfigurator implements EngineConfigurator, JourneyEngineAdapter.Attachment {
    private final Capture capture;
    private @Nullable ReplaySource history;

    public JourneysConfigurator(AdapterContext context) {
        capture = new Capture(context);
    }

    /** What the engine tells through this adapter. */
    public static Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.MIGRATION, Capability.WITHOUT_HISTORY));
    }

    /** The facade for delegates; where the engine resolves names by a map of beans it is there as {@code journeys}. */
    public Journeys journeys() {
        return new Journeys(capture);
    }

    @Override
    public void beforeInit(AbstractEngineConfiguration configuration) {
        ProcessEngineConfigurationImpl engine = (ProcessEngineConfigurationImpl) configuration;
        history = new HistoryReplay(capture, engine);
        engine.setEventListeners(with(engine.getEventListeners(), new EngineEvents(capture)));
        engine.addCustomSessionFactory(new Buffers(capture));
        engine.setCustomPostDeployers(with(engine.getCustomPostDeployers(), new DefinitionTelling(capture)));
        Map<Object, Object> beans = engine.getBeans();
        if (beans instanceof HashMap<Object, Object> named) {
            named.putIfAbsent("journeys", journeys());
        }
    }

    @Override
    public void configure(AbstractEngineConfiguration configuration) {
        if (capture.isStrict()) {
            capture.open((ProcessEngineConfigurationImpl) configuration);
        }
    }

    /** Before all others: none of them needs to know. */
    @Override
    public int getPriority() {
        return 0;
    }

    @Override
    public boolean flush(Duration deadline) {
        return capture.flush(deadline);
    }

    @Override
    public Diagnostics diagnostics() {
        return capture.diagnostics();
    }

    /** There once the engine is built. */
    @Override
    public Optional<ReplaySource> replaySource() {
        return Optional.ofNullable(history);
    }

    @Override
    public void close() {
        capture.close();
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
        public Session openSession(CommandContext command) {
            return new TransactionBuffer(capture);
        }
    }
}
