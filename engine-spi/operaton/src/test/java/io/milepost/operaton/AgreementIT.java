package io.milepost.operaton;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.JourneyEntered;
import io.milepost.spi.JourneyEvent.NodeEntered;
import io.milepost.spi.JourneyEvent.NodeExited;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.history.HistoricActivityStatistics;
import org.operaton.bpm.engine.history.HistoricProcessInstance;
import org.operaton.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.operaton.bpm.engine.runtime.ProcessInstance;

/** Under the real job executor, with branches that race for their join, our counts are the engine's own. */
class AgreementIT {
    private static final int INSTANCES = 200;
    private static final int USERS = 60;
    private static final String DIAGRAM =
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
                xmlns:engine="http://camunda.org/schema/1.0/bpmn">
              <process id="race" isExecutable="true">
                <startEvent id="start"/>
                <sequenceFlow id="f1" sourceRef="start" targetRef="fork"/>
                <parallelGateway id="fork"/>
                <sequenceFlow id="f2" sourceRef="fork" targetRef="left"/>
                <sequenceFlow id="f3" sourceRef="fork" targetRef="right"/>
                <sequenceFlow id="f4" sourceRef="fork" targetRef="reply"/>
                <serviceTask id="left" engine:asyncBefore="true" engine:asyncAfter="true" engine:expression="${1}"/>
                <serviceTask id="right" engine:asyncBefore="true" engine:asyncAfter="true" engine:expression="${1}"/>
                <userTask id="reply"/>
                <boundaryEvent id="late" attachedToRef="reply">
                  <timerEventDefinition><timeDuration>${patience}</timeDuration></timerEventDefinition>
                </boundaryEvent>
                <sequenceFlow id="f5" sourceRef="left" targetRef="join"/>
                <sequenceFlow id="f6" sourceRef="right" targetRef="join"/>
                <sequenceFlow id="f7" sourceRef="reply" targetRef="end"/>
                <sequenceFlow id="f8" sourceRef="late" targetRef="missed"/>
                <parallelGateway id="join"/>
                <sequenceFlow id="f9" sourceRef="join" targetRef="each"/>
                <serviceTask id="each" engine:expression="${1}">
                  <multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>
                </serviceTask>
                <sequenceFlow id="f10" sourceRef="each" targetRef="done"/>
                <endEvent id="done"/>
                <endEvent id="end"/>
                <endEvent id="missed"/>
              </process>
            </definitions>
            """;

    @Test
    void countsAreTheEnginesOwn() throws InterruptedException {
        long seed = 20_261_122;
        Queue<JourneyEvent> told = new ConcurrentLinkedQueue<>();
        JourneysPlugin plugin = new JourneysPlugin();
        plugin.setSink(batch -> told.addAll(batch.events()));
        ProcessEngine engine = engine(plugin);
        engine.getRepositoryService()
                .createDeployment()
                .addString("race.bpmn", DIAGRAM)
                .deploy();
        drive(engine, new Random(seed));
        waitUntilIdle(engine);
        assertThat(plugin.flush(Duration.ofSeconds(20))).isTrue();
        assertThat(plugin.diagnostics().count("capture.failures")).isZero();
        assertThat(ours(told)).as("seed " + seed).isEqualTo(theirs(engine));
        assertThat(usersTold(told)).isEqualTo(usersOf(engine));
        assertThat(differences(replayed(plugin, told), withoutDefinitions(told)))
                .as("seed " + seed)
                .isEmpty();
        engine.close();
        plugin.close();
    }

    private static void drive(ProcessEngine engine, Random random) {
        for (int i = 0; i < INSTANCES; i++) {
            boolean late = random.nextInt(5) == 0;
            ProcessInstance entry = engine.getRuntimeService()
                    .startProcessInstanceByKey(
                            "race", "user-" + random.nextInt(USERS), Map.of("patience", late ? "PT0S" : "PT10H"));
            int fate = random.nextInt(10);
            if (fate == 0) {
                deleteOrLeave(engine, entry, random.nextBoolean());
            } else if (!late && fate > 3) {
                reply(engine, entry);
            }
        }
    }

    /** May lose against a job of the same instance: then the instance goes on, in both counts. */
    private static void deleteOrLeave(ProcessEngine engine, ProcessInstance entry, boolean skipListeners) {
        try {
            engine.getRuntimeService().deleteProcessInstance(entry.getId(), "stopped", skipListeners);
        } catch (RuntimeException lostTheRace) {
            assertThat(lostTheRace).isNotNull();
        }
    }

    private static void reply(ProcessEngine engine, ProcessInstance entry) {
        try {
            engine.getTaskService()
                    .createTaskQuery()
                    .processInstanceId(entry.getId())
                    .list()
                    .forEach(task -> engine.getTaskService().complete(task.getId()));
        } catch (RuntimeException lostTheRace) {
            assertThat(lostTheRace).isNotNull();
        }
    }

    private static void waitUntilIdle(ProcessEngine engine) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 1_200; i++) {
            if (engine.getManagementService().createJobQuery().executable().count() == 0) {
                return;
            }
            assertThat(never.await(100, TimeUnit.MILLISECONDS)).isFalse();
        }
        throw new AssertionError("the engine's jobs did not come to an end");
    }

    /** Node → visits that ended as they should, were cancelled, are open. */
    private static Map<String, List<Long>> ours(Queue<JourneyEvent> told) {
        Map<String, String> open = new HashMap<>();
        Map<String, long[]> counts = new TreeMap<>();
        // An exit may overtake its entry on the way, so all entries first.
        for (JourneyEvent event : told) {
            if (event instanceof NodeEntered in) {
                open.put(in.visit().visitId(), in.visit().nodeId());
                counts.computeIfAbsent(in.visit().nodeId(), fresh -> new long[3])[2]++;
            }
        }
        for (JourneyEvent event : told) {
            if (event instanceof NodeExited out) {
                assertThat(open.remove(out.visit().visitId()))
                        .isEqualTo(out.visit().nodeId());
                long[] count = counts.computeIfAbsent(out.visit().nodeId(), fresh -> new long[3]);
                count[2]--;
                count[out.cancelled() ? 1 : 0]++;
            }
        }
        return counts.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        node -> List.of(node.getValue()[0], node.getValue()[1], node.getValue()[2]),
                        (a, b) -> a,
                        TreeMap::new));
    }

    private static Map<String, List<Long>> theirs(ProcessEngine engine) {
        String process = engine.getRepositoryService()
                .createProcessDefinitionQuery()
                .singleResult()
                .getId();
        return engine
                .getHistoryService()
                .createHistoricActivityStatisticsQuery(process)
                .includeFinished()
                .includeCanceled()
                .list()
                .stream()
                .filter(node -> !node.getId().endsWith("#multiInstanceBody"))
                .collect(Collectors.toMap(
                        HistoricActivityStatistics::getId,
                        node -> List.of(
                                node.getFinished() - node.getCanceled(), node.getCanceled(), node.getInstances()),
                        (a, b) -> a,
                        TreeMap::new));
    }

    /** Live and replayed events are the same, whatever raced: ids, times, places, flows, branches, reasons. */
    private static Map<String, JourneyEvent> replayed(JourneysPlugin plugin, Queue<JourneyEvent> told) {
        told.removeIf(JourneyEvent.JourneyDefined.class::isInstance);
        List<JourneyEvent> live = List.copyOf(told);
        told.clear();
        plugin.replay(Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"));
        assertThat(plugin.flush(Duration.ofSeconds(20))).isTrue();
        Map<String, JourneyEvent> again = withoutDefinitions(told);
        told.clear();
        told.addAll(live);
        return again;
    }

    private static List<String> differences(Map<String, JourneyEvent> again, Map<String, JourneyEvent> live) {
        return Stream.concat(again.keySet().stream(), live.keySet().stream())
                .distinct()
                .filter(id -> !Objects.equals(again.get(id), live.get(id)))
                .map(id -> live.get(id) + " is replayed as " + again.get(id))
                .toList();
    }

    private static Map<String, JourneyEvent> withoutDefinitions(Queue<JourneyEvent> told) {
        Map<String, JourneyEvent> byId = new TreeMap<>();
        told.stream()
                .filter(event -> !(event instanceof JourneyEvent.JourneyDefined))
                .forEach(event -> byId.put(event.id(), event));
        return byId;
    }

    private static Set<String> usersTold(Queue<JourneyEvent> told) {
        return told.stream()
                .filter(JourneyEntered.class::isInstance)
                .map(event -> ((JourneyEntered) event).entry().userId())
                .collect(Collectors.toSet());
    }

    private static Set<String> usersOf(ProcessEngine engine) {
        return engine.getHistoryService().createHistoricProcessInstanceQuery().list().stream()
                .map(HistoricProcessInstance::getBusinessKey)
                .collect(Collectors.toSet());
    }

    private static ProcessEngine engine(JourneysPlugin plugin) {
        String name = "agreement-" + UUID.randomUUID();
        var configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setProcessEngineName(name);
        configuration.setJdbcUrl("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        configuration.setHistory("full");
        configuration.setEnforceHistoryTimeToLive(false);
        configuration.setJobExecutorActivate(true);
        configuration.getProcessEnginePlugins().add(plugin);
        return configuration.buildProcessEngine();
    }
}
