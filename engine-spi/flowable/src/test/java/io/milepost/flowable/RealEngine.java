package io.milepost.flowable;

import io.milepost.spi.JourneyEngineAdapter.Attachment;
import io.milepost.spi.MessageRef;
import io.milepost.tck.KitEngine;
import io.milepost.tck.KitJourney;
import io.milepost.tck.KitSetup;
import io.milepost.tck.KitSteps;
import java.time.Duration;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.flowable.common.engine.impl.util.DefaultClockImpl;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.repository.DeploymentBuilder;
import org.flowable.engine.runtime.ProcessInstanceBuilder;
import org.flowable.job.api.Job;
import org.flowable.spring.SpringProcessEngineConfiguration;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The engine itself, on H2 in memory with Spring's transactions, as the kit drives it. */
final class RealEngine implements KitEngine {
    private static final KitJourney.Dialect DIALECT = new KitJourney.Dialect(
            "xmlns:engine=\"http://flowable.org/bpmn\"",
            "engine:expression=\"${kit.run(execution)}\"",
            "engine:async=\"true\"");

    private final ProcessEngine engine;
    private final Attachment attachment;
    private final PlatformTransactionManager transactions;

    private RealEngine(ProcessEngine engine, Attachment attachment, PlatformTransactionManager transactions) {
        this.engine = engine;
        this.attachment = attachment;
        this.transactions = transactions;
    }

    static RealEngine start(KitSetup setup) {
        DataSource database = database(setup.database());
        var transactions = new DataSourceTransactionManager(database);
        JourneysConfigurator journeys = new JourneysConfigurator(setup.context());
        var configuration = new SpringProcessEngineConfiguration();
        configuration.setEngineName(setup.database());
        configuration.setDataSource(database);
        configuration.setTransactionManager(transactions);
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        configuration.setHistory(setup.history() ? "full" : "none");
        configuration.setAsyncExecutorActivate(false);
        configuration.setDisableIdmEngine(true);
        configuration.setDisableEventRegistry(true);
        Map<Object, Object> beans = new HashMap<>();
        beans.put("kit", new Worker(setup.steps(), journeys.journeys()));
        configuration.setBeans(beans);
        configuration.addConfigurator(journeys);
        configuration.setClock(new KitClock());
        return new RealEngine(configuration.buildProcessEngine(), journeys, transactions);
    }

    private KitClock clock() {
        return (KitClock) engine.getProcessEngineConfiguration().getClock();
    }

    private static DataSource database(String name) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        return database;
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
        ProcessInstanceBuilder start = engine.getRuntimeService()
                .createProcessInstanceBuilder()
                .processDefinitionKey(journey.id())
                .businessKey(user)
                .variables(variables);
        return (tenant == null ? start : start.tenantId(tenant)).start().getId();
    }

    @Override
    public void complete(String entryId, String nodeId) {
        String task = engine.getTaskService()
                .createTaskQuery()
                .processInstanceId(entryId)
                .taskDefinitionKey(nodeId)
                .list()
                .get(0)
                .getId();
        clock().pass(Duration.ofMillis(1));
        engine.getTaskService().complete(task);
    }

    @Override
    public void correlate(String entryId, String message) {
        String waiting = engine.getRuntimeService()
                .createEventSubscriptionQuery()
                .processInstanceId(entryId)
                .eventType("message")
                .eventName(message)
                .singleResult()
                .getExecutionId();
        engine.getRuntimeService().messageEventReceived(message, waiting);
    }

    @Override
    public void work() {
        Set<String> failed = new HashSet<>();
        for (boolean worked = true; worked; ) {
            worked = moveTimers();
            for (Job job : engine.getManagementService().createJobQuery().list()) {
                if (!failed.contains(job.getCorrelationId())) {
                    worked = true;
                    work(job, failed);
                }
            }
        }
    }

    private boolean moveTimers() {
        boolean moved = false;
        for (Job timer :
                engine.getManagementService().createTimerJobQuery().executable().list()) {
            engine.getManagementService().moveTimerToExecutableJob(timer.getId());
            moved = true;
        }
        return moved;
    }

    private void work(Job job, Set<String> failed) {
        clock().pass(Duration.ofMillis(1));
        try {
            engine.getManagementService().executeJob(job.getId());
        } catch (RuntimeException e) {
            failed.add(job.getCorrelationId());
        }
    }

    @Override
    public void pass(Duration time) {
        clock().pass(time);
        work();
    }

    /** The engine has no deletion that skips listeners. */
    @Override
    public void delete(String entryId, boolean skipListeners) {
        engine.getRuntimeService().deleteProcessInstance(entryId, "the kit deletes it");
    }

    @Override
    public void inTransaction(boolean commit, Runnable work) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
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

    /** Real time and what was passed on top: no two transactions in the same millisecond, as is usual. */
    private static final class KitClock extends DefaultClockImpl {
        private volatile Duration passed = Duration.ZERO;

        @SuppressWarnings("NonAtomicVolatileUpdate")
        void pass(Duration time) {
            passed = passed.plus(time);
        }

        @Override
        public Date getCurrentTime() {
            return Date.from(super.getCurrentTime().toInstant().plus(passed));
        }

        @Override
        public Calendar getCurrentCalendar() {
            return getCurrentCalendar(TimeZone.getDefault());
        }

        @Override
        public Calendar getCurrentCalendar(TimeZone zone) {
            Calendar now = new GregorianCalendar(zone);
            now.setTime(getCurrentTime());
            return now;
        }
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
