package io.milepost.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the default mode promises at a kill -9, against a process that is really killed. */
@Timeout(120)
class KillIT {
    private static final long SEED = 42;

    private final Path folder;

    KillIT(@TempDir Path folder) {
        this.folder = folder;
    }

    /** One thread emits, slowly enough never to spill: what is delivered must be the first n events, without a hole. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void deliversAllButTheLastMomentsOfAKilledProcess(boolean analyticsIsUp) throws Exception {
        Random random = new Random(SEED);
        for (int round = 0; round < 2; round++) {
            try (Collector collector = new Collector()) {
                Killed killed = killAndDeliver(collector, analyticsIsUp, 200 + random.nextInt(500), 300_000);
                int delivered = collector.ids.size();
                assertThat(missing(delivered, collector))
                        .as("holes in the first %d, seed %d, round %d", delivered, SEED, round)
                        .isZero();
                assertThat(delivered).as("told a second before the kill").isGreaterThanOrEqualTo(killed.toldEarlier);
            }
        }
    }

    @Test
    void losesAtMostWhatTheQueueHoldsWhenAnEngineEmitsAsFastAsItCan() throws Exception {
        try (Collector collector = new Collector()) {
            Killed killed = killAndDeliver(collector, false, 100, 0);
            assertThat(missing(killed.told, collector)).isLessThanOrEqualTo(8192 + 1024);
        }
    }

    private Killed killAndDeliver(Collector collector, boolean analyticsIsUp, int millis, long pauseNanos)
            throws IOException, InterruptedException {
        Path spool = folder.resolve("spool-" + collector.address().getPort());
        URI nowhere = URI.create("http://127.0.0.1:" + Collector.freePort());
        Killed killed = emitAndKill(analyticsIsUp ? collector.address() : nowhere, spool, millis, pauseNanos);
        deliverTheRest(collector, spool);
        System.out.printf(
                "killed after %d events, %d had not reached the spool%n", killed.told, missing(killed.told, collector));
        return killed;
    }

    private static int missing(int told, Collector collector) {
        return (int) IntStream.range(0, told)
                .filter(number -> !collector.ids.contains(Events.id(number)))
                .count();
    }

    private static void deliverTheRest(Collector collector, Path spool) {
        try (Transport next = Transport.to(collector.address()).spool(spool).build()) {
            assertThat(next.flush(Duration.ofSeconds(60))).isTrue();
            Delivery delivery = next.delivery();
            assertThat(delivery.delivered()).isEqualTo(delivery.recovered());
            assertThat(delivery.droppedInAll()).isZero();
        }
    }

    /** @param toldEarlier of the events told, those of more than a second before the kill */
    private record Killed(int told, int toldEarlier) {}

    private static Killed emitAndKill(URI address, Path spool, int millis, long pauseNanos)
            throws IOException, InterruptedException {
        Process engine = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmittingProcess.class.getName(),
                        address.toString(),
                        spool.toString(),
                        Long.toString(pauseNanos))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader told = engine.inputReader()) {
            int last = Integer.parseInt(told.readLine());
            long start = System.nanoTime();
            int earlier = 0;
            while (elapsed(start) < 1000 + millis) {
                last = Integer.parseInt(told.readLine());
                if (elapsed(start) < millis) {
                    earlier = last;
                }
            }
            // By its handle: the process itself would close the pipe before we have read the last lines.
            engine.toHandle().destroyForcibly();
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                last = line.isEmpty() ? last : Math.max(last, Integer.parseInt(line));
            }
            engine.waitFor();
            return new Killed(last, earlier);
        } finally {
            engine.destroyForcibly();
        }
    }

    private static long elapsed(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
