package io.milepost.operaton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.NodeEntered;
import io.milepost.spi.JourneyEvent.NodeExited;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.operaton.bpm.engine.ParseException;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.externaltask.ExternalTask;
import org.operaton.bpm.engine.history.HistoricActivityInstance;
import org.operaton.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.operaton.bpm.engine.repository.ProcessDefinition;
import org.operaton.bpm.engine.runtime.EventSubscription;
import org.operaton.bpm.engine.runtime.Job;
import org.operaton.bpm.engine.task.Task;

/**
 * Diagrams that other people drew, from the folder {@code -Dmilepost.models=…}: those the engine deploys are played without
 * the code they were drawn for, as far as they go, and each node's visits are those of the engine's history.
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
        JourneysPlugin plugin = new JourneysPlugin();
        plugin.setSink(batch -> told.addAll(batch.events()));
        ProcessEngine engine = engine(plugin);
        try {
            assumeTrue(deploys(engine, model), "the engine itself refuses it");
            play(engine);
            assertThat(plugin.flush(Duration.ofSeconds(20))).isTrue();
            assertThat(plugin.diagnostics().count("capture.failures")).isZero();
            assertThat(plugin.diagnostics().count("capture.without-user")).isZero();
            Map<String, Visits> theirs = theirs(engine);
            assertThat(ours(told)).isEqualTo(theirs);
            System.out.printf(
                    "%s: %d nodes with %d visits, of them %d open%n",
                    model.getFileName(),
                    theirs.size(),
                    theirs.values().stream().mapToInt(Visits::entered).sum(),
                    theirs.values().stream().mapToInt(Visits::open).sum());
        } finally {
            engine.close();
            plugin.close();
        }
    }

    private static boolean deploys(ProcessEngine engine, Path model) throws IOException {
        try {
            engine.getRepositoryService()
                    .createDeployment()
                    .addString(model.getFileName().toString(), withoutCode(Files.readString(model)))
                    .deploy();
            return true;
        } catch (ParseException refused) {
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
        for (Job job : everyOther(engine.getManagementService().createJobQuery().list(), step)) {
            attempt(() -> engine.getManagementService().executeJob(job.getId()));
        }
        for (Task task : everyOther(engine.getTaskService().createTaskQuery().list(), step)) {
            attempt(() -> engine.getTaskService().complete(task.getId(), VARIABLES));
        }
        for (ExternalTask task : everyOther(
                engine.getExternalTaskService().createExternalTaskQuery().list(), step)) {
            attempt(() -> complete(engine, task));
        }
        for (EventSubscription event : everyOther(waitingFor(engine, "message"), step)) {
            attempt(() ->
                    engine.getRuntimeService().messageEventReceived(event.getEventName(), event.getExecutionId()));
        }
        for (EventSubscription event : everyOther(waitingFor(engine, "signal"), step)) {
            attempt(() -> engine.getRuntimeService().signalEventReceived(event.getEventName(), event.getExecutionId()));
        }
    }

    private static void complete(ProcessEngine engine, ExternalTask task) {
        engine.getExternalTaskService()
                .fetchAndLock(1, "worker")
                .topic(task.getTopicName(), 60_000)
                .execute()
                .forEach(locked -> engine.getExternalTaskService().complete(locked.getId(), "worker", VARIABLES));
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

    private static Map<String, Visits> ours(Queue<JourneyEvent> told) {
        Map<String, Visits> visits = new TreeMap<>();
        for (JourneyEvent event : told) {
            if (event instanceof NodeEntered in) {
                visits.merge(in.entry().journeyId() + ' ' + in.visit().nodeId(), new Visits(1, 0), Visits::plus);
            } else if (event instanceof NodeExited out) {
                visits.merge(out.entry().journeyId() + ' ' + out.visit().nodeId(), new Visits(0, 1), Visits::plus);
            }
        }
        return visits;
    }

    private static Map<String, Visits> theirs(ProcessEngine engine) {
        Map<String, Visits> visits = new TreeMap<>();
        for (HistoricActivityInstance visit :
                engine.getHistoryService().createHistoricActivityInstanceQuery().list()) {
            if (!visit.getActivityType().equals("multiInstanceBody")) {
                visits.merge(
                        visit.getProcessDefinitionKey() + ' ' + visit.getActivityId(),
                        new Visits(1, visit.getEndTime() == null ? 0 : 1),
                        Visits::plus);
            }
        }
        return visits;
    }

    private static ProcessEngine engine(JourneysPlugin plugin) {
        String name = "models-" + UUID.randomUUID();
        var configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setProcessEngineName(name);
        configuration.setJdbcUrl("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        configuration.setHistory("full");
        configuration.setEnforceHistoryTimeToLive(false);
        configuration.setJobExecutorActivate(false);
        configuration.getProcessEnginePlugins().add(plugin);
        return configuration.buildProcessEngine();
    }

    private record Visits(int entered, int exited) {
        int open() {
            return entered - exited;
        }

        Visits plus(Visits other) {
            return new Visits(entered + other.entered, exited + other.exited);
        }
    }
}
