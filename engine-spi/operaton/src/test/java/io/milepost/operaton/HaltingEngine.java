package io.milepost.operaton;

import io.milepost.spi.Diagnostics;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.ProcessEngineConfiguration;
import org.operaton.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.operaton.bpm.engine.task.Task;

/**
 * An engine at work in a process of its own, with its job executor and two threads that start, answer and delete
 * instances, until the machine stops in the middle of it: no hook runs, no buffer is flushed.
 */
final class HaltingEngine {
    static final String JOURNEY = "halts";

    private static final String DIAGRAM =
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
                xmlns:engine="http://camunda.org/schema/1.0/bpmn" xmlns:milepost="http://milepost.io/schema/bpmn">
              <process id="halts" isExecutable="true">
                <startEvent id="start"/>
                <sequenceFlow id="f1" sourceRef="start" targetRef="fork"/>
                <parallelGateway id="fork"/>
                <sequenceFlow id="f2" sourceRef="fork" targetRef="mail"/>
                <sequenceFlow id="f3" sourceRef="fork" targetRef="check"/>
                <sequenceFlow id="f4" sourceRef="fork" targetRef="reply"/>
                <serviceTask id="mail" engine:asyncBefore="true" milepost:channel="email"
                    engine:expression="${journeys.sent(execution, execution.activityInstanceId)}"/>
                <serviceTask id="check" engine:asyncBefore="true" engine:asyncAfter="true" engine:expression="${1}"/>
                <userTask id="reply"/>
                <sequenceFlow id="f5" sourceRef="mail" targetRef="join"/>
                <sequenceFlow id="f6" sourceRef="check" targetRef="join"/>
                <sequenceFlow id="f7" sourceRef="reply" targetRef="join"/>
                <parallelGateway id="join"/>
                <sequenceFlow id="f8" sourceRef="join" targetRef="end"/>
                <endEvent id="end"/>
              </process>
            </definitions>
            """;

    private HaltingEngine() {}

    /** Takes database address, spool folder, analytics' address, whether strict, and a seed. */
    public static void main(String[] args) throws InterruptedException {
        Random random = new Random(Long.parseLong(args[4]));
        JourneysPlugin plugin = plugin(args[2], Path.of(args[1]), Boolean.parseBoolean(args[3]));
        ProcessEngine engine = build(plugin, args[0], true);
        engine.getRepositoryService()
                .createDeployment()
                .enableDuplicateFiltering(true)
                .name(JOURNEY)
                .addString("halts.bpmn", DIAGRAM)
                .deploy();
        CountDownLatch steps = new CountDownLatch(40 + random.nextInt(120));
        for (int i = 0; i < 2; i++) {
            Random own = new Random(random.nextLong());
            Thread worker = new Thread(() -> work(engine, own, steps), "worker-" + i);
            worker.setDaemon(true);
            worker.start();
        }
        steps.await();
        LockSupport.parkNanos(random.nextInt(5_000_000));
        tell(plugin.diagnostics());
        Runtime.getRuntime().halt(HALTED);
    }

    /** For the report of a test that fails: what this process knew it could not tell. */
    private static void tell(Diagnostics diagnostics) {
        boolean untold = Stream.of("capture.failures", "capture.without-user", Diagnostics.DROPPED)
                .anyMatch(counter -> diagnostics.count(counter) > 0);
        if (untold || diagnostics.lastFailure() != null) {
            System.err.println(diagnostics);
            if (diagnostics.lastFailure() != null) {
                diagnostics.lastFailure().cause().printStackTrace();
            }
        }
    }

    static final int HALTED = 77;

    static JourneysPlugin plugin(String analytics, Path spool, boolean strict) {
        JourneysPlugin plugin = new JourneysPlugin();
        plugin.setAnalytics(analytics);
        plugin.setSpool(spool.toString());
        plugin.setSource("/engines/halting");
        plugin.setOutbox(strict);
        return plugin;
    }

    static ProcessEngine build(JourneysPlugin plugin, String database, boolean working) {
        var configuration = new StandaloneProcessEngineConfiguration();
        configuration.setProcessEngineName("halting");
        configuration.setJdbcDriver("org.postgresql.Driver");
        configuration.setJdbcUrl(database);
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        configuration.setHistory("full");
        configuration.setEnforceHistoryTimeToLive(false);
        configuration.setJobExecutorActivate(working);
        configuration.getProcessEnginePlugins().add(plugin);
        return configuration.buildProcessEngine();
    }

    @SuppressWarnings("InfiniteLoopStatement")
    private static void work(ProcessEngine engine, Random random, CountDownLatch steps) {
        while (true) {
            steps.countDown();
            String entry = engine.getRuntimeService()
                    .startProcessInstanceByKey(JOURNEY, "user-" + random.nextInt(100), Map.of("n", 1))
                    .getId();
            try {
                int fate = random.nextInt(4);
                if (fate == 0) {
                    engine.getRuntimeService().deleteProcessInstance(entry, "stopped", random.nextBoolean());
                } else if (fate < 3) {
                    Task reply = engine.getTaskService()
                            .createTaskQuery()
                            .processInstanceId(entry)
                            .singleResult();
                    engine.getTaskService().complete(reply.getId());
                }
            } catch (RuntimeException lostTheRace) {
                // Against a job of the same instance: the engine rolled back, and the instance goes on.
                steps.countDown();
            }
        }
    }
}
