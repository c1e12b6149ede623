package io.milepost.flowable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.milepost.engines.AnalyticsServer;
import io.milepost.spi.AdapterContext;
import io.milepost.spi.Diagnostics;
import io.milepost.spi.EventSource;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.JourneyDefined;
import io.milepost.spi.JourneyEventSink;
import io.milepost.transport.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine on a database on disk, whose events get lost on their way; and its next start. */
@Timeout(120)
class ReconciliationIT {
    private static final String DIAGRAM =
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
              <process id="welcome" isExecutable="true">
                <startEvent id="start"/>
                <sequenceFlow id="f1" sourceRef="start" targetRef="reply"/>
                <userTask id="reply"/>
                <sequenceFlow id="f2" sourceRef="reply" targetRef="end"/>
                <endEvent id="end"/>
              </process>
            </definitions>
            """;

    private final Path database;
    private final Path spool;
    private final AnalyticsServer analytics = new AnalyticsServer();
    private final Set<String> askedOn = ConcurrentHashMap.newKeySet();

    ReconciliationIT(@TempDir Path folder) throws IOException {
        database = folder.resolve("engine");
        spool = folder.resolve("spool");
    }

    @AfterEach
    void close() {
        analytics.close();
    }

    @Test
    void aStartTellsAgainWhatTheSpoolHasLost() throws Exception {
        try (Running before = start(Map.of())) {
            before.deploy();
            before.enter("ann");
            before.enter("bob");
            before.awaitArrival();
            // Of each: the entry, the start and its end, the arrival at the reply.
            assertThat(told()).hasSize(2 * 4);
            analytics.goAway();
            // The end of the reply, the end event and its end, the exit.
            before.reply("ann");
            before.enter("cleo");
        }
        assertThat(told()).hasSize(2 * 4);
        loseAllBut("told-until");
        analytics.comeBack();
        askedOn.clear();
        try (Running after = start(Map.of())) {
            after.awaitReconciled();
            assertThat(askedOn).containsExactly("milepost-reconciler");
            // Ann 8, Bob 4, Cleo 4: all of them are of the minute before the mark.
            assertThat(after.diagnostics().count("reconciled")).isEqualTo(8 + 4 + 4);
            assertThat(told()).isEqualTo(after.history()).hasSize(8 + 4 + 4);
            assertThat(analytics.conflicts()).isEmpty();
        }
    }

    @Test
    void withoutAMarkItIsAllOfTheWindow() throws Exception {
        analytics.goAway();
        try (Running before = start(Map.of())) {
            before.deploy();
            before.enter("ann");
        }
        loseAllBut("nothing");
        analytics.comeBack();
        try (Running after = start(Map.of("reconcile", "PT1H"))) {
            after.awaitReconciled();
            assertThat(told()).isEqualTo(after.history()).hasSize(4);
        }
    }

    @Test
    void whatIsOlderThanTheWindowStaysLost() throws Exception {
        analytics.goAway();
        try (Running before = start(Map.of())) {
            before.deploy();
            before.enter("ann");
        }
        loseAllBut("nothing");
        analytics.comeBack();
        try (Running after = start(Map.of("reconcile", "PT0.001S"))) {
            after.awaitReconciled();
            assertThat(after.diagnostics().count("reconciled")).isZero();
            assertThat(after.history()).hasSize(4);
            assertThat(told()).isEmpty();
        }
    }

    @Test
    void anEmptyWindowAndStrictModeTellNothingAgain() throws Exception {
        try (Running before = start(Map.of())) {
            before.deploy();
            before.enter("ann");
        }
        for (Map<String, String> settings : List.of(Map.of("reconcile", "PT0S"), Map.of("outbox", "true"))) {
            try (Running after = start(settings)) {
                assertThat(after.diagnostics().counters()).doesNotContainKey("reconciled");
            }
        }
    }

    @Test
    void aWrongWindowIsRefusedByName() {
        AdapterContext wrong = AdapterContext.of(new EventSource("/engines/healed"), JourneyEventSink.noop())
                .settings(Map.of("reconcile", "a day"))
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JourneysConfigurator(wrong))
                .withMessageContaining("reconcile must be an ISO-8601 duration such as P1D, not a day");
    }

    private Set<String> told() {
        return analytics.events().values().stream()
                .filter(event -> !(event instanceof JourneyDefined))
                .map(JourneyEvent::id)
                .collect(Collectors.toSet());
    }

    private void loseAllBut(String kept) throws IOException {
        try (Stream<Path> files = Files.list(spool)) {
            for (Path file : files.toList()) {
                if (!file.endsWith(kept)) {
                    Files.delete(file);
                }
            }
        }
    }

    private Running start(Map<String, String> settings) {
        Transport transport = Transport.to(URI.create(analytics.address()))
                .spool(spool)
                .linger(Duration.ofMillis(10))
                .build();
        JourneysConfigurator journeys =
                new JourneysConfigurator(AdapterContext.of(new EventSource("/engines/healed"), transport)
                        .users(instance -> {
                            askedOn.add(Thread.currentThread().getName());
                            return instance.businessKey();
                        })
                        .settings(settings)
                        .build());
        var configuration = new StandaloneProcessEngineConfiguration();
        configuration.setEngineName("healed");
        configuration.setJdbcUrl("jdbc:h2:file:" + database);
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        configuration.setHistory("activity");
        configuration.setAsyncExecutorActivate(false);
        configuration.setDisableIdmEngine(true);
        configuration.setDisableEventRegistry(true);
        configuration.addConfigurator(journeys);
        return new Running(configuration.buildProcessEngine(), journeys, transport);
    }

    private record Running(ProcessEngine engine, JourneysConfigurator journeys, Transport transport)
            implements AutoCloseable {
        void deploy() {
            engine.getRepositoryService()
                    .createDeployment()
                    .addString("welcome.bpmn", DIAGRAM)
                    .deploy();
        }

        void enter(String user) {
            engine.getRuntimeService().startProcessInstanceByKey("welcome", user);
        }

        void reply(String user) {
            engine.getTaskService()
                    .complete(engine.getTaskService()
                            .createTaskQuery()
                            .processInstanceBusinessKey(user)
                            .singleResult()
                            .getId());
        }

        void awaitArrival() {
            assertThat(journeys.flush(Duration.ofSeconds(20))).isTrue();
            assertThat(transport.flush(Duration.ofSeconds(20))).isTrue();
        }

        void awaitReconciled() throws InterruptedException {
            for (int tries = 0; diagnostics().count("reconciling") > 0 && tries < 200; tries++) {
                assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS))
                        .isFalse();
            }
            assertThat(diagnostics().counters()).containsEntry("reconciling", 0L);
            assertThat(diagnostics().lastFailure()).isNull();
            awaitArrival();
        }

        Diagnostics diagnostics() {
            return journeys.diagnostics();
        }

        Set<String> history() {
            Set<String> ids = new HashSet<>();
            journeys.replaySource()
                    .orElseThrow()
                    .replay(Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"), batch -> batch.events()
                            .forEach(event -> ids.add(event.id())));
            return ids;
        }

        @Override
        public void close() {
            engine.close();
            journeys.close();
            transport.close();
        }
    }
}
