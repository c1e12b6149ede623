package io.milepost.operaton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milepost.spi.AdapterContext;
import io.milepost.spi.EventSource;
import io.milepost.spi.JourneyEngineAdapter.Attachment;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventSink;
import io.milepost.transport.StrictMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.delegate.JavaDelegate;
import org.operaton.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.operaton.bpm.engine.impl.interceptor.Session;
import org.operaton.bpm.engine.impl.interceptor.SessionFactory;

/** What strict mode promises where the engine itself writes nothing: such a transaction it neither commits nor rolls back. */
class StrictModeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Of an instance that goes through at once: entry and exit, an arrival and an exit of each of its three nodes. */
    private static final int EVENTS = 8;

    private static final String DIAGRAM =
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
                xmlns:engine="http://camunda.org/schema/1.0/bpmn">
              <process id="at-once" isExecutable="true">
                <startEvent id="start"/>
                <sequenceFlow id="f1" sourceRef="start" targetRef="work"/>
                <serviceTask id="work" engine:delegateExpression="${work}"/>
                <sequenceFlow id="f2" sourceRef="work" targetRef="end"/>
                <endEvent id="end"/>
              </process>
            </definitions>
            """;

    private final List<JourneyEvent> told = new CopyOnWriteArrayList<>();

    @Test
    void tellsATransactionInWhichTheEngineWritesNothing() {
        try (Strict engine = new Strict(batch -> told.addAll(batch.events()), execution -> {})) {
            engine.enter("ann");
            assertThat(engine.entriesTold()).hasSize(EVENTS);
        }
    }

    @Test
    void tellsNothingOfATransactionThatFailsAfterItsRowIsWritten() {
        try (Strict engine = new Strict(batch -> told.addAll(batch.events()), execution -> {})) {
            assertThatThrownBy(() -> engine.enterAndFail("ann")).hasMessageContaining("too late");
            assertThat(engine.entriesTold()).isEmpty();
        }
    }

    @Test
    void bringsAgainWhatTheSinkFailedToTake() {
        AtomicInteger calls = new AtomicInteger();
        JourneyEventSink failsAtFirst = batch -> {
            if (calls.incrementAndGet() <= 2) {
                throw new AssertionError("not yet");
            }
            told.addAll(batch.events());
        };
        try (Strict engine = new Strict(failsAtFirst, execution -> {})) {
            engine.enter("ann");
            assertThat(engine.entriesTold()).hasSize(EVENTS);
            assertThat(calls.get()).isGreaterThan(2);
        }
    }

    /** A user's id has at most 200 characters: nobody would take such an event, so the engine is not stopped for it. */
    @Test
    void countsAnEventThatCanNotBeMadeAndLetsTheEngineGoOn() {
        try (Strict engine = new Strict(batch -> told.addAll(batch.events()), execution -> {})) {
            engine.enter("a".repeat(201));
            assertThat(engine.entriesTold()).isEmpty();
            assertThat(engine.attachment.diagnostics().count("capture.failures"))
                    .isEqualTo(EVENTS);
        }
    }

    private final class Strict implements AutoCloseable {
        private final StandaloneInMemProcessEngineConfiguration configuration;
        private final Attachment attachment;
        private final ProcessEngine engine;

        Strict(JourneyEventSink sink, JavaDelegate work) {
            String name = "strict-" + UUID.randomUUID();
            configuration = new StandaloneInMemProcessEngineConfiguration();
            configuration.setProcessEngineName(name);
            configuration.setJdbcUrl("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
            configuration.setHistory("none");
            configuration.setEnforceHistoryTimeToLive(false);
            configuration.setJobExecutorActivate(false);
            configuration.setCustomSessionFactories(new ArrayList<>(List.of(new FailingFlushes())));
            configuration.setBeans(new HashMap<>(Map.of("work", work)));
            attachment = new CaptureAdapter(configuration)
                    .attach(AdapterContext.of(new EventSource("/engines/strict"), sink)
                            .settings(Map.of(StrictMode.SETTING, "true"))
                            .build());
            engine = configuration.buildProcessEngine();
            engine.getRepositoryService()
                    .createDeployment()
                    .addString("at-once.bpmn", DIAGRAM)
                    .deploy();
        }

        void enter(String user) {
            engine.getRuntimeService().startProcessInstanceByKey("at-once", user);
        }

        void enterAndFail(String user) {
            configuration.getCommandExecutorTxRequired().execute(command -> {
                command.getSession(FailingFlush.class);
                enter(user);
                return null;
            });
        }

        /** All that was told but the definition. */
        List<JourneyEvent> entriesTold() {
            assertThat(attachment.flush(PATIENCE)).isTrue();
            return told.stream()
                    .filter(event -> !(event instanceof JourneyEvent.JourneyDefined))
                    .toList();
        }

        @Override
        public void close() {
            attachment.close();
            engine.close();
        }
    }

    /** An application's own session, whose flush fails: of sessions the first opened is the last flushed. */
    private static final class FailingFlush implements Session {
        @Override
        public void flush() {
            throw new IllegalStateException("too late");
        }

        @Override
        public void close() {}
    }

    private static final class FailingFlushes implements SessionFactory {
        @Override
        public Class<?> getSessionType() {
            return FailingFlush.class;
        }

        @Override
        public Session openSession() {
            return new FailingFlush();
        }
    }
}
