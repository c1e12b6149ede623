package io.milepost.engines;

import io.milepost.spi.Diagnostics;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * An engine at work in a process of its own, with its job executor and two threads that start, answer and delete
 * instances, until the machine stops in the middle of it: no hook runs, no buffer is flushed.
 */
public final class HaltingWork {
    static final int HALTED = 77;

    private HaltingWork() {}

    /** What is done to the engine; each may lose against a job of the same instance, and throw. */
    public interface Engine {
        /** The id of the instance. */
        String start(String user);

        void reply(String entry);

        void delete(String entry, boolean withoutListeners);
    }

    /**
     * The process {@code halts}: a fork to a mail, a check and a reply, and their join.
     *
     * @param namespace of the engine's own attributes, as {@code engine}
     * @param mail the attributes of the service task that sends, as a job
     * @param check those of the service task that is a job of its own
     */
    public static String diagram(String namespace, String mail, String check) {
        return """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
                    xmlns:engine="%s" xmlns:milepost="http://milepost.io/schema/bpmn">
                  <process id="halts" isExecutable="true">
                    <startEvent id="start"/>
                    <sequenceFlow id="f1" sourceRef="start" targetRef="fork"/>
                    <parallelGateway id="fork"/>
                    <sequenceFlow id="f2" sourceRef="fork" targetRef="mail"/>
                    <sequenceFlow id="f3" sourceRef="fork" targetRef="check"/>
                    <sequenceFlow id="f4" sourceRef="fork" targetRef="reply"/>
                    <serviceTask id="mail" milepost:channel="email" %s/>
                    <serviceTask id="check" %s/>
                    <userTask id="reply"/>
                    <sequenceFlow id="f5" sourceRef="mail" targetRef="join"/>
                    <sequenceFlow id="f6" sourceRef="check" targetRef="join"/>
                    <sequenceFlow id="f7" sourceRef="reply" targetRef="join"/>
                    <parallelGateway id="join"/>
                    <sequenceFlow id="f8" sourceRef="join" targetRef="end"/>
                    <endEvent id="end"/>
                  </process>
                </definitions>
                """
                .formatted(namespace, mail, check);
    }

    /** Doesn't return: halts after a number of steps that the seed says. */
    public static void untilTheHalt(Engine engine, Supplier<Diagnostics> diagnostics, long seed)
            throws InterruptedException {
        Random random = new Random(seed);
        CountDownLatch steps = new CountDownLatch(40 + random.nextInt(120));
        for (int i = 0; i < 2; i++) {
            Random own = new Random(random.nextLong());
            Thread worker = new Thread(() -> work(engine, own, steps), "worker-" + i);
            worker.setDaemon(true);
            worker.start();
        }
        steps.await();
        LockSupport.parkNanos(random.nextInt(5_000_000));
        tell(diagnostics.get());
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

    @SuppressWarnings("InfiniteLoopStatement")
    private static void work(Engine engine, Random random, CountDownLatch steps) {
        while (true) {
            steps.countDown();
            String entry = engine.start("user-" + random.nextInt(100));
            try {
                int fate = random.nextInt(4);
                if (fate == 0) {
                    engine.delete(entry, random.nextBoolean());
                } else if (fate < 3) {
                    engine.reply(entry);
                }
            } catch (RuntimeException lostTheRace) {
                // Against a job of the same instance: the engine rolled back, and the instance goes on.
                steps.countDown();
            }
        }
    }
}
