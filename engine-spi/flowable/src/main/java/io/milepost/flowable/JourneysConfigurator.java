package io.milepost.flowable;

import io.milepost.spi.AdapterContext;
import io.milepost.spi.Capability;
import io.milepost.spi.Diagnostics;
import io.milepost.spi.JourneyEngineAdapter;
import io.milepost.spi.ReplaySource;
import io.milepost.transport.Reconciler;
import io.milepost.transport.Transport;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowable.common.engine.api.Engine;
import org.flowable.common.engine.api.engine.EngineLifecycleListener;
import org.flowable.common.engine.impl.AbstractEngineConfiguration;
import org.flowable.common.engine.impl.EngineConfigurator;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.common.engine.impl.interceptor.Session;
import org.flowable.common.engine.impl.interceptor.SessionFactory;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.jspecify.annotations.Nullable;

/**
 * Switches journey analytics on: one configurator more in the engine's configuration, given where events go by an
 * {@link AdapterContext}. The engine must keep a history of at least the level {@code activity}: it is what is told.
 *
 * <p>The context's setting {@code outbox}, {@code true}, switches to strict mode. {@code reconcile}, an ISO-8601 duration,
 * says how far back, at most, the history is told again at a start: {@code P1D} unless it says otherwise, {@code PT0S} =
 * not at all. It needs a sink that is a {@link Transport}, whose folder keeps the moment up to which all is told.
 *
 * <p>Once the engine runs, it doesn't notice Milepost.
 *
 * @since 0.1
 */
public final class JourneysConfigurator implements EngineConfigurator, JourneyEngineAdapter.Attachment {
    private final Capture capture;
    private final Duration reconcile;
    private @Nullable ReplaySource history;
    private volatile @Nullable Reconciler reconciler;

    /** @throws IllegalArgumentException if a setting is wrong, with its name */
    public JourneysConfigurator(AdapterContext context) {
        reconcile = reconcile(context.settings().getOrDefault("reconcile", "P1D"));
        capture = new Capture(context);
    }

    private static Duration reconcile(String window) {
        try {
            return Duration.parse(window);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "JourneysConfigurator: reconcile must be an ISO-8601 duration such as P1D, not " + window, e);
        }
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
        ReplaySource past = new HistoryReplay(capture, engine);
        history = past;
        engine.addEngineLifecycleListener(new Reconciliation(engine, past));
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
        Reconciler healing = reconciler;
        return healing == null ? capture.diagnostics() : capture.diagnostics().plus(healing.diagnostics());
    }

    /** There once the engine is built. */
    @Override
    public Optional<ReplaySource> replaySource() {
        return Optional.ofNullable(history);
    }

    @Override
    public void close() {
        endReconciling();
        capture.close();
    }

    private void endReconciling() {
        Reconciler healing = reconciler;
        if (healing != null) {
            healing.close();
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
        public Session openSession(CommandContext command) {
            return new TransactionBuffer(capture);
        }
    }

    /** Goes on as long as the engine does: an engine that is closed has no history to read. */
    private final class Reconciliation implements EngineLifecycleListener {
        private final ProcessEngineConfigurationImpl engine;
        private final ReplaySource past;

        Reconciliation(ProcessEngineConfigurationImpl engine, ReplaySource past) {
            this.engine = engine;
            this.past = past;
        }

        @Override
        public void onEngineBuilt(Engine built) {
            if (!capture.isStrict()
                    && !reconcile.isZero()
                    && engine.getHistoryLevel().isAtLeast(HistoryLevel.ACTIVITY)
                    && capture.context().givenSink() instanceof Transport transport) {
                reconciler = new Reconciler(
                        past,
                        capture.context().sink(),
                        transport.spool().resolve("told-until"),
                        reconcile,
                        () -> engine.getClock().getCurrentTime().toInstant(),
                        capture::flush);
            }
        }

        @Override
        public void onEngineClosed(Engine closed) {
            endReconciling();
        }
    }
}
