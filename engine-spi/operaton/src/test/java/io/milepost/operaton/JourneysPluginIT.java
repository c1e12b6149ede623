package io.milepost.operaton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.milepost.spi.Diagnostics;
import io.milepost.spi.JourneyEngineAdapterProvider;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.JourneyEntered;
import io.milepost.spi.JourneyEvent.MessageSent;
import io.milepost.spi.JourneyEventBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.RuntimeService;
import org.operaton.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;

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

    @Test
    void aPluginAndADiagramAreAllItTakes() {
        List<JourneyEvent> told = new CopyOnWriteArrayList<>();
        JourneysPlugin plugin = new JourneysPlugin();
        plugin.setUser("${customer}");
        plugin.setSource("/engines/shop");
        plugin.setSink((JourneyEventBatch batch) -> told.addAll(batch.events()));
        ProcessEngine engine = engine(plugin);
        engine.getRepositoryService()
                .createDeployment()
                .addString("welcome.bpmn", DIAGRAM)
                .deploy();
        engine.getRuntimeService().startProcessInstanceByKey("welcome", Map.of("customer", "ann"));
        engine.close();
        plugin.close();
        assertThat(plugin.diagnostics().count("capture.failures")).isZero();
        assertThat(of(told, JourneyEntered.class))
                .extracting(entered -> entered.entry().userId())
                .containsExactly("ann");
        assertThat(of(told, MessageSent.class))
                .extracting(sent -> sent.message().channel())
                .containsExactly("email");
        assertThat(told).extracting(JourneyEvent::source).containsOnly("/engines/shop");
        assertThat(of(told, JourneyEvent.JourneyExited.class))
                .extracting(exited -> exited.reason().wireName())
                .containsExactly("goal");
    }

    @Test
    void replaysTheHistoryByTheSameEvents() {
        List<JourneyEvent> told = new CopyOnWriteArrayList<>();
        JourneysPlugin plugin = new JourneysPlugin();
        plugin.setUser("variable:customer");
        plugin.setSink((JourneyEventBatch batch) -> told.addAll(batch.events()));
        ProcessEngine engine = engine(plugin, "full");
        engine.getRepositoryService()
                .createDeployment()
                .addString("welcome.bpmn", DIAGRAM)
                .deploy();
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

    @ParameterizedTest
    @ValueSource(strings = {"none", "full"})
    void anInstanceDeletedBeforeTheJobOfItsStartRanWasEnteredAndLeft(String history) {
        List<JourneyEvent> told = new CopyOnWriteArrayList<>();
        JourneysPlugin plugin = new JourneysPlugin();
        plugin.setSink((JourneyEventBatch batch) -> told.addAll(batch.events()));
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
        engine.getRepositoryService()
                .createDeployment()
                .addString("later.bpmn", later)
                .deploy();
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
        assertThat(of(told, JourneyEntered.class))
                .extracting(entered -> entered.entry().userId())
                .containsExactly("ann", "bob");
        assertThat(of(told, JourneyEvent.JourneyExited.class))
                .extracting(exited -> exited.entry().userId())
                .containsExactly("ann", "bob");
        engine.close();
        plugin.close();
    }

    @Test
    void countsAnOutcomeEachTimeItIsTold() {
        List<JourneyEvent> told = new CopyOnWriteArrayList<>();
        JourneysPlugin plugin = new JourneysPlugin();
        plugin.setSink((JourneyEventBatch batch) -> told.addAll(batch.events()));
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
        engine.getRepositoryService()
                .createDeployment()
                .addString("survey.bpmn", twice)
                .deploy();
        engine.getRuntimeService().startProcessInstanceByKey("survey", "ann");
        engine.close();
        plugin.close();
        // Twice in each of two visits, all within a few milliseconds.
        assertThat(of(told, JourneyEvent.OutcomeReached.class))
                .extracting(JourneyEvent::id)
                .hasSize(4)
                .doesNotHaveDuplicates();
    }

    @Test
    void instancesWithoutAUserAreCountedNotTold() {
        List<JourneyEvent> told = new CopyOnWriteArrayList<>();
        JourneysPlugin plugin = new JourneysPlugin();
        plugin.setSink((JourneyEventBatch batch) -> told.addAll(batch.events()));
        ProcessEngine engine = engine(plugin);
        engine.getRepositoryService()
                .createDeployment()
                .addString("welcome.bpmn", DIAGRAM)
                .deploy();
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

    private static <T> List<T> of(List<JourneyEvent> told, Class<T> kind) {
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
