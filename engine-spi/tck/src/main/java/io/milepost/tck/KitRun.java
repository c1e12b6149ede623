package io.milepost.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.spi.AdapterContext;
import io.milepost.spi.EventSource;
import io.milepost.spi.JourneyEvent;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One started engine with its recorder. */
final class KitRun implements AutoCloseable {
    static final String SOURCE = "/engines/kit";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final KitEngine engine;
    final SwitchSink sink = new SwitchSink();
    final Recorder recorder = new Recorder();
    final KitSteps steps = new KitSteps();
    private final Set<String> deployed = new HashSet<>();

    KitRun(JourneyEngineKit kit, String database, boolean history) {
        AdapterContext context =
                AdapterContext.of(new EventSource(SOURCE), sink).build();
        engine = kit.start(new KitSetup(context, steps, database, history));
        reset();
    }

    void reset() {
        settle();
        sink.to(recorder);
        recorder.clear();
        steps.reset();
    }

    /** Deploys the journey unless this run has it. */
    void have(KitJourney journey) {
        if (!deployed.contains(journey.id())) {
            deploy(journey);
        }
    }

    /** Deploys one more version. */
    void deploy(KitJourney journey) {
        deployed.add(journey.id());
        engine.deploy(journey, null);
    }

    String enter(KitJourney journey, String user) {
        return enter(journey, user, Map.of());
    }

    String enter(KitJourney journey, String user, Map<String, Object> variables) {
        have(journey);
        return engine.enter(journey, user, null, variables);
    }

    /** Does what must not throw, or may. */
    static @Nullable Throwable tried(Runnable action) {
        try {
            action.run();
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    List<JourneyEvent> told() {
        settle();
        return recorder.events();
    }

    Seen seen(String entryId) {
        List<JourneyEvent> told = told();
        HistoryChecks.check(told);
        return Seen.of(entryId, told);
    }

    private void settle() {
        assertThat(engine.attachment().flush(PATIENCE))
                .as("flush within " + PATIENCE)
                .isTrue();
    }

    @Override
    public void close() {
        engine.close();
    }
}
