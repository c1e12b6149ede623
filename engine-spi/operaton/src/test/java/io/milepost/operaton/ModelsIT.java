package io.milepost.operaton;

import io.milepost.engines.ModelsContract;
import io.milepost.engines.PlayedEngine;
import io.milepost.spi.Diagnostics;
import io.milepost.spi.JourneyEventSink;
import io.milepost.spi.ReplaySource;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.engine.ParseException;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.externaltask.ExternalTask;
import org.operaton.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.operaton.bpm.engine.impl.util.ClockUtil;
import org.operaton.bpm.engine.runtime.EventSubscription;

class ModelsIT extends ModelsContract {
    @Override
    protected PlayedEngine start(JourneyEventSink sink) {
        // Another test of this process may have stopped the engines' clock.
        ClockUtil.reset();
        JourneysPlugin plugin = new JourneysPlugin();
        plugin.setSink(sink);
        String name = "models-" + UUID.randomUUID();
        var configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setProcessEngineName(name);
        configuration.setJdbcUrl("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        configuration.setHistory("full");
        configuration.setEnforceHistoryTimeToLive(false);
        configuration.setJobExecutorActivate(false);
        configuration.getProcessEnginePlugins().add(plugin);
        return new Played(configuration.buildProcessEngine(), plugin);
    }

    private record Played(ProcessEngine engine, JourneysPlugin plugin) implements PlayedEngine {
        @Override
        public Optional<String> refusal(String name, String bpmn) {
            try {
                engine.getRepositoryService()
                        .createDeployment()
                        .addString(name, bpmn)
                        .deploy();
                return Optional.empty();
            } catch (ParseException refused) {
                return Optional.of(String.valueOf(refused.getMessage()));
            }
        }

        @Override
        public void stopClock(Instant time) {
            ClockUtil.setCurrentTime(Date.from(time));
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
                    () -> steps(engine.getManagementService().createJobQuery().list().stream()
                            .map(job -> () -> engine.getManagementService().executeJob(job.getId()))),
                    () -> steps(engine.getTaskService().createTaskQuery().list().stream()
                            .map(task -> () -> engine.getTaskService().complete(task.getId(), variables))),
                    () -> steps(engine.getExternalTaskService().createExternalTaskQuery().list().stream()
                            .map(task -> () -> complete(task, variables))),
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

        private void complete(ExternalTask task, Map<String, Object> variables) {
            engine.getExternalTaskService()
                    .fetchAndLock(1, "worker")
                    .topic(task.getTopicName(), 60_000)
                    .execute()
                    .forEach(locked -> engine.getExternalTaskService().complete(locked.getId(), "worker", variables));
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
            return engine.getHistoryService().createHistoricActivityInstanceQuery().list().stream()
                    .filter(visit -> !visit.getActivityType().equals("multiInstanceBody"))
                    .map(visit -> new PastVisit(
                            visit.getProcessDefinitionKey(), visit.getActivityId(), visit.getEndTime() != null))
                    .toList();
        }

        @Override
        public boolean flush(Duration deadline) {
            return plugin.flush(deadline);
        }

        @Override
        public Diagnostics diagnostics() {
            return plugin.diagnostics();
        }

        @Override
        public ReplaySource replaySource() {
            return new HistoryReplay(plugin.installed().capture(), plugin.engine());
        }

        @Override
        public void close() {
            engine.close();
            plugin.close();
            ClockUtil.reset();
        }
    }
}
