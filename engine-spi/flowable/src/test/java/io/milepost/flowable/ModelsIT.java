package io.milepost.flowable;

import io.milepost.engines.ModelsContract;
import io.milepost.engines.PlayedEngine;
import io.milepost.spi.AdapterContext;
import io.milepost.spi.Diagnostics;
import io.milepost.spi.EventSource;
import io.milepost.spi.JourneyEventSink;
import io.milepost.spi.ReplaySource;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flowable.bpmn.model.SequenceFlow;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;
import org.flowable.engine.history.HistoricActivityInstance;
import org.flowable.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.flowable.engine.repository.ProcessDefinition;
import org.flowable.eventsubscription.api.EventSubscription;
import org.jspecify.annotations.Nullable;

/** Of boundary events the history has those that waited, too: compared are those from which a flow led on. */
class ModelsIT extends ModelsContract {
    private static final Pattern SERVICE = Pattern.compile("(<(?:bpmn2?:)?serviceTask)([^>]*?)(?=/?>)");

    @Override
    protected PlayedEngine start(JourneyEventSink sink) {
        JourneysConfigurator journeys = new JourneysConfigurator(
                AdapterContext.of(new EventSource("/engines/models"), sink).build());
        String name = "models-" + UUID.randomUUID();
        var configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setEngineName(name);
        configuration.setJdbcUrl("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        configuration.setHistory("full");
        configuration.setAsyncExecutorActivate(false);
        configuration.setDisableIdmEngine(true);
        configuration.setDisableEventRegistry(true);
        configuration.addConfigurator(journeys);
        return new Played(configuration.buildProcessEngine(), journeys);
    }

    /** Which of the visits to a sub-process that began in several transactions of that millisecond. */
    @Override
    protected Set<String> lostInAMillisecond() {
        return Set.of("returns.bpmn");
    }

    private record Played(ProcessEngine engine, JourneysConfigurator journeys) implements PlayedEngine {
        /** What it refuses as it was drawn, for another engine, it is given once more in its own dialect. */
        @Override
        public Optional<String> refusal(String name, String bpmn) {
            Optional<String> asDrawn = deploy(name, bpmn);
            asDrawn.ifPresent(
                    words -> System.out.println(name + ": refused as drawn: " + words.replaceAll("\\s+", " ")));
            return asDrawn.isEmpty() ? asDrawn : deploy(name, inItsDialect(bpmn));
        }

        private Optional<String> deploy(String name, String bpmn) {
            try {
                engine.getRepositoryService()
                        .createDeployment()
                        .addString(name, bpmn)
                        .deploy();
                return Optional.empty();
                // Business rules want an engine for them, which is not here.
            } catch (FlowableException | LinkageError refused) {
                return Optional.of(String.valueOf(refused.getMessage()));
            }
        }

        private static String inItsDialect(String bpmn) {
            String services = bpmn.replaceAll("xmlns:camunda=\"[^\"]*\"", "xmlns:camunda=\"http://flowable.org/bpmn\"")
                    .replaceAll("(</?(?:bpmn2?:)?)(?:sendTask|businessRuleTask)\\b", "$1serviceTask")
                    .replace("camunda:asyncBefore=", "camunda:async=");
            return SERVICE.matcher(services)
                    .replaceAll(tag -> Matcher.quoteReplacement(
                            tag.group(1) + tag.group(2).replaceAll(" camunda:(?!async)\\w+=\"[^\"]*\"", "")
                                    + " camunda:expression=\"${true}\""));
        }

        @Override
        public void stopClock(Instant time) {
            engine.getProcessEngineConfiguration().getClock().setCurrentTime(Date.from(time));
        }

        @Override
        public List<Runnable> starts(@Nullable String user, Map<String, Object> variables) {
            Stream<Runnable> processes = engine.getRepositoryService().createProcessDefinitionQuery().list().stream()
                    .map(process -> () ->
                            engine.getRuntimeService().startProcessInstanceById(process.getId(), user, variables));
            Stream<Runnable> messages = waitingFor("message")
                    .filter(start -> start.getExecutionId() == null)
                    .map(start -> () -> engine.getRuntimeService()
                            .startProcessInstanceByMessage(start.getEventName(), user, variables));
            return Stream.concat(processes, messages).toList();
        }

        @Override
        public List<Supplier<List<Runnable>>> waiting(Map<String, Object> variables) {
            return List.of(
                    () -> steps(engine.getManagementService().createTimerJobQuery().list().stream()
                            .map(timer -> () -> engine.getManagementService().moveTimerToExecutableJob(timer.getId()))),
                    () -> steps(engine.getManagementService().createJobQuery().list().stream()
                            .map(job -> () -> engine.getManagementService().executeJob(job.getId()))),
                    () -> steps(engine.getTaskService().createTaskQuery().list().stream()
                            .map(task -> () -> engine.getTaskService().complete(task.getId(), variables))),
                    () -> steps(waitingFor("message")
                            .map(event -> () -> engine.getRuntimeService()
                                    .messageEventReceived(event.getEventName(), event.getExecutionId()))),
                    () -> steps(waitingFor("signal")
                            .map(event -> () -> engine.getRuntimeService()
                                    .signalEventReceived(event.getEventName(), event.getExecutionId()))));
        }

        private static List<Runnable> steps(Stream<Runnable> of) {
            return of.toList();
        }

        private Stream<EventSubscription> waitingFor(String kind) {
            return engine.getRuntimeService().createEventSubscriptionQuery().eventType(kind).list().stream();
        }

        @Override
        public void stop(int instances) {
            engine.getRuntimeService().createProcessInstanceQuery().list().stream()
                    .limit(instances)
                    .forEach(left -> engine.getRuntimeService().deleteProcessInstance(left.getId(), "stopped"));
        }

        @Override
        public List<PastVisit> history() {
            Map<String, String> keys = engine.getRepositoryService().createProcessDefinitionQuery().list().stream()
                    .collect(Collectors.toMap(ProcessDefinition::getId, ProcessDefinition::getKey));
            List<HistoricActivityInstance> records = engine.getHistoryService()
                    .createHistoricActivityInstanceQuery()
                    .list();
            Set<String> came =
                    records.stream().filter(Visits::isFlow).map(this::whereFrom).collect(Collectors.toSet());
            return records.stream()
                    .filter(visit -> !Visits.isFlow(visit))
                    .filter(visit -> !Visits.isBoundary(visit)
                            || visit.getDeleteReason() == null && came.contains(where(visit, visit.getActivityId())))
                    .map(visit -> new PastVisit(
                            Objects.requireNonNull(keys.get(visit.getProcessDefinitionId())),
                            visit.getActivityId(),
                            visit.getEndTime() != null))
                    .toList();
        }

        private String whereFrom(HistoricActivityInstance flow) {
            SequenceFlow drawn = (SequenceFlow) engine.getRepositoryService()
                    .getBpmnModel(flow.getProcessDefinitionId())
                    .getFlowElement(flow.getActivityId());
            return where(flow, drawn.getSourceRef());
        }

        private static String where(HistoricActivityInstance record, String node) {
            return record.getProcessInstanceId() + ' ' + node;
        }

        @Override
        public boolean flush(Duration deadline) {
            return journeys.flush(deadline);
        }

        @Override
        public Diagnostics diagnostics() {
            return journeys.diagnostics();
        }

        @Override
        public ReplaySource replaySource() {
            return journeys.replaySource().orElseThrow();
        }

        @Override
        public void close() {
            // The engine's clocks are all one.
            engine.getProcessEngineConfiguration().getClock().reset();
            engine.close();
            journeys.close();
        }
    }
}
