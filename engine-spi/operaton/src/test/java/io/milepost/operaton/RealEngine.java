package io.milepost.operaton;

import io.milepost.spi.JourneyEngineAdapter.Attachment;
import io.milepost.spi.MessageRef;
import io.milepost.tck.KitEngine;
import io.milepost.tck.KitJourney;
import io.milepost.tck.KitSetup;
import io.milepost.tck.KitSteps;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.ProcessEngineConfiguration;
import org.operaton.bpm.engine.delegate.BpmnError;
import org.operaton.bpm.engine.delegate.DelegateExecution;
import org.operaton.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.operaton.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.operaton.bpm.engine.impl.util.ClockUtil;
import org.operaton.bpm.engine.migration.MigrationPlan;
import org.operaton.bpm.engine.repository.DeploymentBuilder;
import org.operaton.bpm.engine.repository.ProcessDefinition;
import org.operaton.bpm.engine.runtime.Job;
import org.operaton.bpm.engine.runtime.MessageCorrelationBuilder;
import org.operaton.bpm.engine.task.Task;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The engine itself, on H2 in memory, as the kit drives it. */
final class RealEngine implements KitEngine {
    private static final KitJourney.Dialect DIALECT = new KitJourney.Dialect(
            "xmlns:engine=\"http://camunda.org/schema/1.0/bpmn\"",
            "engine:expression=\"${kit.run(execution)}\"",
            "engine:asyncBefore=\"true\"");

    private final ProcessEngine engine;
    private final Attachment attachment;
    private final @Nullable PlatformTransactionManager transactions;

    private RealEngine(ProcessEngine engine, Attachment attachment, @Nullable PlatformTransactionManager transactions) {
        this.engine = engine;
        this.attachment = attachment;
        this.transactions = transactions;
    }

    /** With history an engine whose transactions are Spring's, without one a standalone engine: so both are tried. */
    static RealEngine start(KitSetup setup) {
        String url = "jdbc:h2:mem:" + setup.database() + ";DB_CLOSE_DELAY=-1";
        if (!setup.history()) {
            var standalone = new StandaloneInMemProcessEngineConfiguration();
            standalone.setJdbcUrl(url);
            return start(standalone, setup, null);
        }
        JdbcDataSource database = new JdbcDataSource();
        database.setURL(url);
        var transactions = new DataSourceTransactionManager(database);
        return start(OuterTransactions.configuration(database, transactions), setup, transactions);
    }

    private static RealEngine start(
            ProcessEngineConfigurationImpl configuration,
            KitSetup setup,
            @Nullable PlatformTransactionManager transactions) {
        configuration.setProcessEngineName(setup.database());
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        configuration.setHistory(setup.history() ? "full" : "none");
        configuration.setEnforceHistoryTimeToLive(false);
        configuration.setJobExecutorActivate(false);
        configuration.setDefaultNumberOfRetries(3);
        Attachment attachment = new CaptureAdapter(configuration).attach(setup.context());
        Map<Object, Object> beans = new HashMap<>();
        configuration.setBeans(beans);
        ProcessEngine engine = configuration.buildProcessEngine();
        beans.put("kit", new Worker(setup.steps(), named(beans)));
        return new RealEngine(engine, attachment, transactions);
    }

    private static Journeys named(Map<Object, Object> beans) {
        return (Journeys) Objects.requireNonNull(beans.get(CapturePlugin.BEAN), "the plugin names the facade");
    }

    @Override
    public Attachment attachment() {
        return attachment;
    }

    @Override
    public void deploy(KitJourney journey, @Nullable String tenant) {
        DeploymentBuilder deployment = engine.getRepositoryService()
                .createDeployment()
                .addString(journey.id() + ".bpmn", journey.bpmn(DIALECT));
        if (tenant != null) {
            deployment.tenantId(tenant);
        }
        deployment.deploy();
    }

    @Override
    public String enter(KitJourney journey, String user, @Nullable String tenant, Map<String, Object> variables) {
        var start = engine.getRuntimeService().createProcessInstanceByKey(journey.id());
        var ofTenant =
                tenant == null ? start.processDefinitionWithoutTenantId() : start.processDefinitionTenantId(tenant);
        return ofTenant.businessKey(user).setVariables(variables).execute().getId();
    }

    @Override
    public void complete(String entryId, String nodeId) {
        Task task = engine.getTaskService()
                .createTaskQuery()
                .processInstanceId(entryId)
                .taskDefinitionKey(nodeId)
                .list()
                .get(0);
        engine.getTaskService().complete(task.getId());
    }

    @Override
    public void correlate(String entryId, String message) {
        MessageCorrelationBuilder correlation = engine.getRuntimeService().createMessageCorrelation(message);
        correlation.processInstanceId(entryId).correlate();
    }

    @Override
    public void work() {
        Set<String> failed = new HashSet<>();
        boolean worked = true;
        while (worked) {
            worked = false;
            for (Job job : dueJobs()) {
                if (!failed.contains(job.getId())) {
                    worked = true;
                    work(job, failed);
                }
            }
        }
    }

    private List<Job> dueJobs() {
        return engine.getManagementService().createJobQuery().executable().list();
    }

    private void work(Job job, Set<String> failed) {
        try {
            engine.getManagementService().executeJob(job.getId());
        } catch (RuntimeException e) {
            failed.add(job.getId());
        }
    }

    @Override
    public void pass(Duration time) {
        ClockUtil.setCurrentTime(
                Date.from(ClockUtil.getCurrentTime().toInstant().plus(time)));
        work();
    }

    @Override
    public void delete(String entryId, boolean skipListeners) {
        engine.getRuntimeService().deleteProcessInstance(entryId, "the kit deletes it", skipListeners);
    }

    @Override
    public void migrate(String entryId, KitJourney journey, long toVersion) {
        String from = engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceId(entryId)
                .singleResult()
                .getProcessDefinitionId();
        ProcessDefinition to = engine.getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey(journey.id())
                .processDefinitionVersion((int) toVersion)
                .singleResult();
        MigrationPlan plan = engine.getRuntimeService()
                .createMigrationPlan(from, to.getId())
                .mapEqualActivities()
                .build();
        engine.getRuntimeService()
                .newMigration(plan)
                .processInstanceIds(entryId)
                .execute();
    }

    @Override
    public void inTransaction(boolean commit, Runnable work) {
        new TransactionTemplate(Objects.requireNonNull(transactions, "Spring's transactions"))
                .executeWithoutResult(status -> {
                    work.run();
                    if (!commit) {
                        status.setRollbackOnly();
                    }
                });
    }

    @Override
    public void close() {
        attachment.close();
        engine.close();
    }

    /** What the diagrams call. */
    public record Worker(KitSteps steps, Journeys journeys) {
        public void run(DelegateExecution execution) {
            try {
                steps.run(new Step(execution, journeys));
            } catch (KitSteps.BusinessError error) {
                throw new BpmnError(error.code());
            }
        }
    }

    private record Step(DelegateExecution execution, Journeys journeys) implements KitSteps.Step {
        @Override
        public String nodeId() {
            return execution.getCurrentActivityId();
        }

        @Override
        public void sent(MessageRef message) {
            journeys.sent(execution, message);
        }

        @Override
        public void failed(MessageRef message, @Nullable String reason) {
            journeys.failed(execution, message, reason);
        }

        @Override
        public void outcome(String name, @Nullable Object value) {
            journeys.outcome(execution, name, value);
        }
    }
}
