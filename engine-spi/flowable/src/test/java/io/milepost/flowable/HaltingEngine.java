package io.milepost.flowable;

import io.milepost.engines.HaltedEngine;
import io.milepost.engines.HaltingSettings;
import io.milepost.engines.HaltingWork;
import io.milepost.spi.AdapterContext;
import io.milepost.spi.Diagnostics;
import io.milepost.spi.EventSource;
import io.milepost.spi.ReplaySource;
import io.milepost.transport.StrictMode;
import io.milepost.transport.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;
import org.flowable.engine.history.HistoricActivityInstance;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.task.api.Task;

/** The engine that is halted, and started again. */
record HaltingEngine(ProcessEngine engine, JourneysConfigurator journeys, Transport transport)
        implements HaltingWork.Engine, HaltedEngine {
    private static final String DIAGRAM = HaltingWork.diagram(
            "http://flowable.org/bpmn",
            "engine:async=\"true\" engine:expression=\"${journeys.sent(execution, execution.id)}\"",
            "engine:async=\"true\" engine:asyncLeave=\"true\" engine:expression=\"${1}\"");

    public static void main(String[] args) throws InterruptedException {
        HaltingSettings settings = HaltingSettings.of(args);
        HaltingEngine halting = of(settings, true);
        halting.engine
                .getRepositoryService()
                .createDeployment()
                .enableDuplicateFiltering()
                .name("halts")
                .addString("halts.bpmn", DIAGRAM)
                .deploy();
        HaltingWork.untilTheHalt(halting, halting::diagnostics, settings.seed());
    }

    static HaltingEngine of(HaltingSettings settings, boolean working) {
        Transport transport = Transport.to(URI.create(settings.analytics()))
                .spool(settings.spool())
                .build();
        JourneysConfigurator journeys =
                new JourneysConfigurator(AdapterContext.of(new EventSource("/engines/halting"), transport)
                        .settings(Map.of(StrictMode.SETTING, Boolean.toString(settings.strict())))
                        .build());
        var configuration = new StandaloneProcessEngineConfiguration();
        configuration.setEngineName("halting");
        configuration.setJdbcDriver("org.postgresql.Driver");
        configuration.setJdbcUrl(settings.database());
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        configuration.setHistory("full");
        configuration.setAsyncExecutorActivate(working);
        configuration.setDisableIdmEngine(true);
        configuration.setDisableEventRegistry(true);
        configuration.setBeans(new HashMap<>());
        configuration.addConfigurator(journeys);
        return new HaltingEngine(configuration.buildProcessEngine(), journeys, transport);
    }

    @Override
    public String start(String user) {
        return engine.getRuntimeService()
                .startProcessInstanceByKey("halts", user)
                .getId();
    }

    @Override
    public void reply(String entry) {
        Task reply = engine.getTaskService()
                .createTaskQuery()
                .processInstanceId(entry)
                .singleResult();
        engine.getTaskService().complete(reply.getId());
    }

    /** The engine has no deletion that skips listeners. */
    @Override
    public void delete(String entry, boolean withoutListeners) {
        engine.getRuntimeService().deleteProcessInstance(entry, "stopped");
    }

    @Override
    public boolean awaitArrival(Duration deadline) {
        return journeys.flush(deadline) && transport.flush(deadline);
    }

    @Override
    public Diagnostics diagnostics() {
        return journeys.diagnostics();
    }

    @Override
    public ReplaySource history() {
        return journeys.replaySource().orElseThrow();
    }

    @Override
    public Set<String> mails() {
        return engine.getHistoryService().createHistoricActivityInstanceQuery().activityId("mail").list().stream()
                .filter(visit -> visit.getEndTime() != null && visit.getDeleteReason() == null)
                .map(HistoricActivityInstance::getExecutionId)
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        engine.close();
        journeys.close();
        transport.close();
    }
}
