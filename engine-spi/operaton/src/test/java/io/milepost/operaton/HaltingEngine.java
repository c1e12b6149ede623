package io.milepost.operaton;

import io.milepost.engines.HaltedEngine;
import io.milepost.engines.HaltingSettings;
import io.milepost.engines.HaltingWork;
import io.milepost.spi.Diagnostics;
import io.milepost.spi.ReplaySource;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.ProcessEngineConfiguration;
import org.operaton.bpm.engine.history.HistoricActivityInstance;
import org.operaton.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.operaton.bpm.engine.task.Task;

/** The engine that is halted, and started again. */
record HaltingEngine(ProcessEngine engine, JourneysPlugin plugin) implements HaltingWork.Engine, HaltedEngine {
    private static final String DIAGRAM = HaltingWork.diagram(
            "http://camunda.org/schema/1.0/bpmn",
            "engine:asyncBefore=\"true\" engine:expression=\"${journeys.sent(execution, execution.activityInstanceId)}\"",
            "engine:asyncBefore=\"true\" engine:asyncAfter=\"true\" engine:expression=\"${1}\"");

    public static void main(String[] args) throws InterruptedException {
        HaltingSettings settings = HaltingSettings.of(args);
        HaltingEngine halting = of(settings, true);
        halting.engine
                .getRepositoryService()
                .createDeployment()
                .enableDuplicateFiltering(true)
                .name("halts")
                .addString("halts.bpmn", DIAGRAM)
                .deploy();
        HaltingWork.untilTheHalt(halting, halting::diagnostics, settings.seed());
    }

    static HaltingEngine of(HaltingSettings settings, boolean working) {
        JourneysPlugin plugin = new JourneysPlugin();
        plugin.setAnalytics(settings.analytics());
        plugin.setSpool(settings.spool().toString());
        plugin.setSource("/engines/halting");
        plugin.setOutbox(settings.strict());
        var configuration = new StandaloneProcessEngineConfiguration();
        configuration.setProcessEngineName("halting");
        configuration.setJdbcDriver("org.postgresql.Driver");
        configuration.setJdbcUrl(settings.database());
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        configuration.setHistory("full");
        configuration.setEnforceHistoryTimeToLive(false);
        configuration.setJobExecutorActivate(working);
        configuration.getProcessEnginePlugins().add(plugin);
        return new HaltingEngine(configuration.buildProcessEngine(), plugin);
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

    @Override
    public void delete(String entry, boolean withoutListeners) {
        engine.getRuntimeService().deleteProcessInstance(entry, "stopped", withoutListeners);
    }

    @Override
    public boolean awaitArrival(Duration deadline) {
        return plugin.flush(deadline)
                && plugin.installed().capture().context().sink().flush(deadline);
    }

    @Override
    public Diagnostics diagnostics() {
        return plugin.diagnostics();
    }

    @Override
    public ReplaySource history() {
        return new HistoryReplay(plugin.installed().capture(), plugin.engine());
    }

    @Override
    public Set<String> mails() {
        return engine.getHistoryService().createHistoricActivityInstanceQuery().activityId("mail").list().stream()
                .filter(visit -> visit.getEndTime() != null && !visit.isCanceled())
                .map(HistoricActivityInstance::getId)
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        engine.close();
        plugin.close();
    }
}
