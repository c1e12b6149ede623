package io.milepost.operaton;

import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.ProcessEngineConfiguration;
import org.operaton.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.operaton.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.operaton.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;

/**
 * An engine, without a history of its own unless told otherwise, and instances of 14 events: six nodes, at once in one transaction, or in three with a
 * job and a reply in between.
 */
final class OverheadJourney implements AutoCloseable {
    private static final String DIAGRAM =
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
                xmlns:engine="http://camunda.org/schema/1.0/bpmn">
              <process id="overhead" isExecutable="true">
                <startEvent id="start"/>
                <sequenceFlow id="f1" sourceRef="start" targetRef="greet"/>
                <serviceTask id="greet" engine:expression="${1}"/>
                <sequenceFlow id="f2" sourceRef="greet" targetRef="mail"/>
                <serviceTask id="mail" engine:asyncBefore="true" engine:expression="${1}"/>
                <sequenceFlow id="f3" sourceRef="mail" targetRef="reply"/>
                <userTask id="reply"/>
                <sequenceFlow id="f4" sourceRef="reply" targetRef="thank"/>
                <serviceTask id="thank" engine:expression="${1}"/>
                <sequenceFlow id="f5" sourceRef="thank" targetRef="end"/>
                <endEvent id="end"/>
              </process>
              <process id="at-once" isExecutable="true">
                <startEvent id="begin"/>
                <sequenceFlow id="g1" sourceRef="begin" targetRef="one"/>
                <serviceTask id="one" engine:expression="${1}"/>
                <sequenceFlow id="g2" sourceRef="one" targetRef="two"/>
                <serviceTask id="two" engine:expression="${1}"/>
                <sequenceFlow id="g3" sourceRef="two" targetRef="three"/>
                <serviceTask id="three" engine:expression="${1}"/>
                <sequenceFlow id="g4" sourceRef="three" targetRef="four"/>
                <serviceTask id="four" engine:expression="${1}"/>
                <sequenceFlow id="g5" sourceRef="four" targetRef="over"/>
                <endEvent id="over"/>
              </process>
            </definitions>
            """;

    private final ProcessEngine engine;
    private int users;

    private OverheadJourney(ProcessEngine engine) {
        this.engine = engine;
    }

    static OverheadJourney with(@Nullable JourneysPlugin plugin) {
        return with(plugin, "none");
    }

    static OverheadJourney with(@Nullable JourneysPlugin plugin, String history) {
        String name = "overhead-" + UUID.randomUUID();
        var configuration = new StandaloneInMemProcessEngineConfiguration();
        // The same query again is a query again: H2 would keep its result.
        configuration.setJdbcUrl("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1;OPTIMIZE_REUSE_RESULTS=0");
        return of(configuration, name, plugin, history);
    }

    /** With an empty PostgreSQL as the engine's database. */
    static OverheadJourney on(DataSource postgres, @Nullable JourneysPlugin plugin) {
        var configuration = new StandaloneProcessEngineConfiguration();
        configuration.setDataSource(postgres);
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        return of(configuration, "overhead-" + UUID.randomUUID(), plugin, "none");
    }

    private static OverheadJourney of(
            ProcessEngineConfigurationImpl configuration,
            String name,
            @Nullable JourneysPlugin plugin,
            String history) {
        configuration.setProcessEngineName(name);
        configuration.setHistory(history);
        configuration.setMetricsEnabled(false);
        configuration.setEnforceHistoryTimeToLive(false);
        configuration.setJobExecutorActivate(false);
        if (plugin != null) {
            configuration.getProcessEnginePlugins().add(plugin);
        }
        ProcessEngine engine = configuration.buildProcessEngine();
        engine.getRepositoryService()
                .createDeployment()
                .addString("overhead.bpmn", DIAGRAM)
                .deploy();
        return new OverheadJourney(engine);
    }

    ProcessEngine engine() {
        return engine;
    }

    /** One transaction, and nothing stored: what the engine itself allocates hides least. */
    void playAtOnce(int instances) {
        for (int i = 0; i < instances; i++) {
            engine.getRuntimeService().startProcessInstanceByKey("at-once", "user-" + users++ % 1_000);
        }
    }

    void play(int instances) {
        for (int i = 0; i < instances; i++) {
            String entry = engine.getRuntimeService()
                    .startProcessInstanceByKey("overhead", "user-" + users++ % 1_000)
                    .getId();
            engine.getManagementService()
                    .executeJob(engine.getManagementService()
                            .createJobQuery()
                            .processInstanceId(entry)
                            .singleResult()
                            .getId());
            engine.getTaskService()
                    .complete(engine.getTaskService()
                            .createTaskQuery()
                            .processInstanceId(entry)
                            .singleResult()
                            .getId());
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
