package io.milepost.operaton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.milepost.spi.Diagnostics;
import io.milepost.spi.JourneyEngineAdapterProvider;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.JourneyEntered;
import io.milepost.spi.JourneyEvent.MessageSent;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.RuntimeService;
import org.operaton.bpm.engine.TaskService;
import org.operaton.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.operaton.bpm.engine.impl.util.ClockUtil;

class JourneysPluginIT {
    private static final String DIAGRAM =
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
                xmlns:engine="http://camunda.org/schema/1.0/bpmn" xmlns:milepost="http://milepost.io/schema/bpmn">
              <process id="welcome" isExecutable="true">
                <startEvent id="start"/>
                <sequenceFlow id="f1" sourceRef="start" targetRef="mail"/>
                <serviceTask id="mail" engine:expression="${journeys.sent(execution, 'm-1')}" milepost:channel="email"/>
                <sequenceFlow id="f2" sourceRef="mail" targetRef="end"/>
                <endEvent id="end" milepost:type="goal"/>
              </process>
            </definitions>
            """;

    private final List<JourneyEvent> told = new CopyOnWriteArrayList<>();
    private final JourneysPlugin plugin = new JourneysPlugin();

    @BeforeEach
    void listen() {
        plugin.setSink(batch -> told.addAll(batch.events()));
    }

    @AfterEach
    void letTheClockGoOn() {
        ClockUtil.reset();
    }

    @Test
    void aPluginAndADiagramAreAllItTakes() {
        plugin.setUser("${customer}");
        plugin.setSource("/engines/shop");
        ProcessEngine engine = engine(plugin);
        deploy(engine, "welcome.bpmn", DIAGRAM);
        engine.getRuntimeService().startProcessInstanceByKey("welcome", Map.of("customer", "ann"));
        engine.close();
        plugin.close();
        assertThat(plugin.diagnostics().count("capture.failures")).isZero();
        assertThat(of(JourneyEntered.class))
                .extracting(entered -> entered.entry().userId())
                .containsExactly("ann");
        assertThat(of(MessageSent.class))
                .extracting(sent -> sent.message().channel())
                .containsExactly("email");
        assertThat(told).extracting(JourneyEvent::source).containsOnly("/engines/shop");
        assertThat(of(JourneyEvent.JourneyExited.class))
                .extracting(exited -> exited.reason().wireName())
                .containsExactly("goal");
    }

    @Test
    void replaysTheHistoryByTheSameEvents() {
        plugin.setUser("variable:customer");
        ProcessEngine engine = engine(plugin, "full");
        deploy(engine, "welcome.bpmn", DIAGRAM);
        engine.getRuntimeService().startProcessInstanceByKey("welcome", Map.of("customer", "ann"));
        plugin.flush(Duration.ofSeconds(10));
        List<JourneyEvent> live = List.copyOf(told);
        told.clear();
        // Entry and exit, three arrivals and three exits of nodes; definitions and messages are no history.
        assertThat(plugin.replay(Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z")))
                .isEqualTo(8);
        assertThat(told).hasSize(8).isSubsetOf(live);
        engine.close();
        plugin.close();
    }

    @Test
    void replaysAVisitThatTwoTransactionsOfOneMillisecondBeganAndEnded() {
        ProcessEngine engine = engine(plugin, "full");
        String quick =
                """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
                  <process id="quick" isExecutable="true">
                    <startEvent id="start"/>
                    <sequenceFlow id="f1" sourceRef="start" targetRef="survey"/>
                    <subProcess id="survey">
                      <startEvent id="surveyStart"/>
                      <sequenceFlow id="f2" sourceRef="surveyStart" targetRef="ask"/>
                      <userTask id="ask"/>
                      <sequenceFlow id="f3" sourceRef="ask" targetRef="surveyEnd"/>
                      <endEvent id="surveyEnd"/>
                    </subProcess>
                    <sequenceFlow id="f4" sourceRef="survey" targetRef="end"/>
                    <endEvent id="end"/>
                  </process>
                </definitions>
                """;
        deploy(engine, "quick.bpmn", quick);
        ClockUtil.setCurrentTime(Date.from(Instant.parse("2026-12-01T10:00:00Z")));
        engine.getRuntimeService().startProcessInstanceByKey("quick", "ann");
        TaskService tasks = engine.getTaskService();
        String ask = tasks.createTaskQuery().singleResult().getId();
        tasks.complete(ask);
        plugin.flush(Duration.ofSeconds(10));
        List<JourneyEvent> live = List.copyOf(told);
        told.clear();
        plugin.replay(Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"));
        // Entry and exit, six arrivals and six exits of nodes.
        assertThat(told).hasSize(14).isSubsetOf(live);
        engine.close();
        plugin.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "full"})
    void anInstanceDeletedBeforeTheJobOfItsStartRanWasEnteredAndLeft(String history) {
        ProcessEngine engine = engine(plugin, history);
        String later =
                """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
                    xmlns:engine="http://camunda.org/schema/1.0/bpmn">
                  <process id="later" isExecutable="true">
                    <startEvent id="start" engine:asyncBefore="true"/>
                    <sequenceFlow id="f1" sourceRef="start" targetRef="ask"/>
                    <userTask id="ask"/>
                  </process>
                </definitions>
                """;
        deploy(engine, "later.bpmn", later);
        RuntimeService running = engine.getRuntimeService();
        String waiting = running.startProcessInstanceByKey("later", "ann").getId();
        running.deleteProcessInstance(waiting, "changed her mind");
        String begun = running.startProcessInstanceByKey("later", "bob").getId();
        engine.getManagementService()
                .executeJob(engine.getManagementService()
                        .createJobQuery()
                        .singleResult()
                        .getId());
        running.deleteProcessInstance(begun, "changed his mind");
        plugin.flush(Duration.ofSeconds(10));
        assertThat(of(JourneyEntered.class))
                .extracting(entered -> entered.entry().userId())
                .containsExactly("ann", "bob");
        assertThat(of(JourneyEvent.JourneyExited.class))
                .extracting(exited -> exited.entry().userId())
                .containsExactly("ann", "bob");
        engine.close();
        plugin.close();
    }

    @Test
    void countsAnOutcomeEachTimeItIsTold() {
        ProcessEngine engine = engine(plugin);
        String twice =
                """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
                    xmlns:engine="http://camunda.org/schema/1.0/bpmn">
                  <process id="survey" isExecutable="true">
                    <startEvent id="start"/>
                    <sequenceFlow id="f1" sourceRef="start" targetRef="ask"/>
                    <serviceTask id="ask" engine:expression="${journeys.outcome(execution, 'yes', null)}">
                      <extensionElements>
                        <engine:executionListener event="start" expression="${journeys.outcome(execution, 'yes', null)}"/>
                      </extensionElements>
                      <multiInstanceLoopCharacteristics isSequential="true">
                        <loopCardinality>2</loopCardinality>
                      </multiInstanceLoopCharacteristics>
                    </serviceTask>
                    <sequenceFlow id="f2" sourceRef="ask" targetRef="end"/>
                    <endEvent id="end"/>
                  </process>
                </definitions>
                """;
        deploy(engine, "survey.bpmn", twice);
        engine.getRuntimeService().startProcessInstanceByKey("survey", "ann");
        engine.close();
        plugin.close();
        // Twice in each of two visits, all within a few milliseconds.
        assertThat(of(JourneyEvent.OutcomeReached.class))
                .extracting(JourneyEvent::id)
                .hasSize(4)
                .doesNotHaveDuplicates();
    }

    @Test
    void instancesWithoutAUserAreCountedNotTold() {
        ProcessEngine engine = engine(plugin);
        deploy(engine, "welcome.bpmn", DIAGRAM);
        engine.getRuntimeService().startProcessInstanceByKey("welcome");
        engine.close();
        plugin.close();
        Diagnostics diagnostics = plugin.diagnostics();
        // Entry and exit, three arrivals and three exits of nodes, one message.
        assertThat(diagnostics.count("capture.without-user")).isEqualTo(9);
        assertThat(told).noneMatch(event -> !(event instanceof JourneyEvent.JourneyDefined));
    }

    @Test
    void aWrongSettingStopsTheStartByName() {
        JourneysPlugin nowhere = new JourneysPlugin();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine(nowhere))
                .withMessageContaining("analytics is required");
        JourneysPlugin nobody = new JourneysPlugin();
        nobody.setSink(batch -> {});
        nobody.setUser("customer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine(nobody))
                .withMessageContaining("user must be businessKey, variable:");
    }

    @Test
    void isFoundAsAService() {
        assertThat(JourneyEngineAdapterProvider.available(JourneysPlugin.class.getClassLoader()))
                .anyMatch(provider -> provider.supports(new StandaloneInMemProcessEngineConfiguration()));
    }

    private static void deploy(ProcessEngine engine, String name, String diagram) {
        engine.getRepositoryService()
                .createDeployment()
                .addString(name, diagram)
                .deploy();
    }

    private <T> List<T> of(Class<T> kind) {
        return told.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static ProcessEngine engine(JourneysPlugin plugin) {
        return engine(plugin, "none");
    }

    private static ProcessEngine engine(JourneysPlugin plugin, String history) {
        String name = "plugin-" + UUID.randomUUID();
        var configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setProcessEngineName(name);
        configuration.setJdbcUrl("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        configuration.setHistory(history);
        configuration.setEnforceHistoryTimeToLive(false);
        configuration.setJobExecutorActivate(false);
        configuration.getProcessEnginePlugins().add(plugin);
        return configuration.buildProcessEngine();
    }
}
