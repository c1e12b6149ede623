package io.milepost.flowable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.milepost.spi.AdapterContext;
import io.milepost.spi.EventSource;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.NodeEntered;
import io.milepost.spi.JourneyEvent.NodeExited;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;
import org.flowable.engine.history.HistoricActivityInstance;
import org.flowable.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.flowable.engine.repository.ProcessDefinition;
import org.flowable.eventsubscription.api.EventSubscription;
import org.flowable.job.api.Job;
import org.flowable.task.api.Task;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Diagrams that other people drew, from the folder {@code -Dmilepost.models=…}: those the engine deploys are played without
 * the code they were drawn for, as far as they go, and each node's visits are those of the engine's history. Of boundary events
 * we tell those that came, and the history those that waited too.
 */
class ModelsIT {
    private static final int STARTS = 4;
    private static final int STEPS = 25;
    private static final Map<String, Object> VARIABLES =
            Map.of("approved", true, "amount", 100, "items", List.of(1, 2));

    @TestFactory
    Stream<DynamicTest> eachNodesVisitsAreThoseOfTheEnginesHistory() throws IOException {
        String folder = System.getProperty("milepost.models", "");
        assumeTrue(!folder.isEmpty(), "-Dmilepost.models=<folder of *.bpmn> names no diagrams to play");
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            List<Path> models = files.filter(file -> file.toString().endsWith(".bpmn"))
                    .sorted()
                    .toList();
            return models.stream()
                    .map(model -> DynamicTest.dynamicTest(model.getFileName().toString(), () -> measure(model)));
        }
    }

    private static void measure(Path model) throws IOException {
        Queue<JourneyEvent> told = new ConcurrentLinkedQueue<>();
        JourneysConfigurator journeys = new JourneysConfigurator(
                AdapterContext.of(new EventSource("/engines/models"), batch -> told.addAll(batch.events()))
                        .build());
        ProcessEngine engine = engine(journeys);
        try {
            assumeTrue(deploys(engine, model), "the engine itself refuses it");
            play(engine);
            assertThat(journeys.flush(Duration.ofSeconds(20))).isTrue();
            assertThat(journeys.diagnostics().count("capture.failures")).isZero();
            assertThat(journeys.diagnostics().count("capture.without-user")).isZero();
            Map<String, Count> theirs = theirs(engine);
            assertThat(ours(told)).isEqualTo(theirs);
            System.out.printf(
                    "%s: %d nodes with %d visits, of them %d open%n",
                    model.getFileName(),
                    theirs.size(),
                    theirs.values().stream().mapToInt(Count::entered).sum(),
                    theirs.values().stream().mapToInt(Count::open).sum());
        } finally {
            engine.close();
            journeys.close();
        }
    }

    private static boolean deploys(ProcessEngine engine, Path model) throws IOException {
        try {
            engine.getRepositoryService()
                    .createDeployment()
                    .addString(model.getFileName().toString(), withoutCode(Files.readString(model)))
                    .deploy();
            return true;
            // Business rules want an engine for them, which is not here.
        } catch (FlowableException | LinkageError refused) {
            return false;
        }
    }

    /** What it calls is not here: it does nothing instead, and each condition holds. */
    private static String withoutCode(String bpmn) {
        return bpmn.replaceAll(
                        " camunda:(class|delegateExpression|expression)=\"[^\"]*\"",
                        " camunda:expression=\"\\${true}\"")
                .replaceAll(
                        "(<camunda:(?:execution|task)Listener[^>]*?) (?:class|delegateExpression|expression)=\"[^\"]*\"",
                        "$1 expression=\"\\${true}\"")
                .replaceAll("scriptFormat=\"[^\"]*\"", "scriptFormat=\"juel\"")
                .replaceAll("(?s)(<(?:bpmn2?:)?script>).*?(</)", "$1\\${true}$2")
                .replaceAll("(?s)(<(?:bpmn2?:)?conditionExpression[^>]*>).*?(</)", "$1\\${true}$2");
    }

    private static void play(ProcessEngine engine) {
        for (int i = 0; i < STARTS; i++) {
            String user = "user-" + i;
            for (ProcessDefinition process :
                    engine.getRepositoryService().createProcessDefinitionQuery().list()) {
                attempt(() -> engine.getRuntimeService().startProcessInstanceById(process.getId(), user, VARIABLES));
            }
            for (EventSubscription start : waitingFor(engine, "message")) {
                if (start.getExecutionId() == null) {
                    attempt(() -> engine.getRuntimeService()
                            .startProcessInstanceByMessage(start.getEventName(), user, VARIABLES));
                }
            }
        }
        for (int step = 0; step < STEPS; step++) {
            goOn(engine, step);
        }
        // Some end before their time.
        engine.getRuntimeService().createProcessInstanceQuery().list().stream()
                .limit(2)
                .forEach(left -> engine.getRuntimeService().deleteProcessInstance(left.getId(), "stopped"));
    }

    /** Every other instance of what waits goes on, in turn, so that some stay behind. */
    private static void goOn(ProcessEngine engine, int step) {
        for (Job timer :
                everyOther(engine.getManagementService().createTimerJobQuery().list(), step)) {
            attempt(() -> engine.getManagementService().moveTimerToExecutableJob(timer.getId()));
        }
        for (Job job : everyOther(engine.getManagementService().createJobQuery().list(), step)) {
            attempt(() -> engine.getManagementService().executeJob(job.getId()));
        }
        for (Task task : everyOther(engine.getTaskService().createTaskQuery().list(), step)) {
            attempt(() -> engine.getTaskService().complete(task.getId(), VARIABLES));
        }
        for (EventSubscription event : everyOther(waitingFor(engine, "message"), step)) {
            attempt(() ->
                    engine.getRuntimeService().messageEventReceived(event.getEventName(), event.getExecutionId()));
        }
        for (EventSubscription event : everyOther(waitingFor(engine, "signal"), step)) {
            attempt(() -> engine.getRuntimeService().signalEventReceived(event.getEventName(), event.getExecutionId()));
        }
    }

    private static List<EventSubscription> waitingFor(ProcessEngine engine, String kind) {
        return engine.getRuntimeService()
                .createEventSubscriptionQuery()
                .eventType(kind)
                .list();
    }

    private static <T> List<T> everyOther(List<T> waiting, int step) {
        return Stream.iterate(step % 2, i -> i < waiting.size(), i -> i + 2)
                .map(waiting::get)
                .toList();
    }

    private static void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException rolledBack) {
            // A diagram calls code that is not here, or asks for a variable nobody set: the engine undid the step.
        }
    }

    private static Map<String, Count> ours(Queue<JourneyEvent> told) {
        Map<String, Count> visits = new TreeMap<>();
        for (JourneyEvent event : told) {
            if (event instanceof NodeEntered in) {
                visits.merge(in.entry().journeyId() + ' ' + in.visit().nodeId(), new Count(1, 0), Count::plus);
            } else if (event instanceof NodeExited out) {
                visits.merge(out.entry().journeyId() + ' ' + out.visit().nodeId(), new Count(0, 1), Count::plus);
            }
        }
        return visits;
    }

    private static Map<String, Count> theirs(ProcessEngine engine) {
        Map<String, String> keys = new HashMap<>();
        engine.getRepositoryService()
                .createProcessDefinitionQuery()
                .list()
                .forEach(process -> keys.put(process.getId(), process.getKey()));
        Map<String, Count> visits = new TreeMap<>();
        for (HistoricActivityInstance visit :
                engine.getHistoryService().createHistoricActivityInstanceQuery().list()) {
            if (!Visits.isFlow(visit) && !Visits.isBoundary(visit)) {
                visits.merge(
                        keys.get(visit.getProcessDefinitionId()) + ' ' + visit.getActivityId(),
                        new Count(1, visit.getEndTime() == null ? 0 : 1),
                        Count::plus);
            }
        }
        return visits;
    }

    private static ProcessEngine engine(JourneysConfigurator journeys) {
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
        return configuration.buildProcessEngine();
    }

    private record Count(int entered, int exited) {
        int open() {
            return entered - exited;
        }

        Count plus(Count other) {
            return new Count(entered + other.entered, exited + other.exited);
        }
    }
}
