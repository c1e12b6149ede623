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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the default mode promises at a kill -9: all that had reached the spool is delivered by the next run. One thread
 * emits here, so what is delivered must be the first n events without a hole, and only the last moments may be missing.
 */
@Timeout(120)
class KillIT {
    private static final long SEED = 42;
    private final Path folder;

    KillIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void deliversAllThatHadReachedTheSpoolWhenTheProcessIsKilled(boolean analyticsIsUp) throws Exception {
        Random random = new Random(SEED);
        for (int round = 0; round < 3; round++) {
            try (Collector collector = new Collector()) {
                Path spool = folder.resolve("round-" + round);
                int port = Collector.freePort();
                URI address = analyticsIsUp ? collector.address() : URI.create("http://127.0.0.1:" + port);
                Killed killed = emitAndKill(address, spool, 200 + random.nextInt(800));
                deliverTheRest(collector, spool);

                int delivered = collector.ids.size();
                assertThat(collector.ids)
                        .as("seed %d, round %d", SEED, round)
                        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, delivered)
                                .mapToObj(Events::id)
                                .toList());
                assertThat(delivered).as("told a second before the kill").isGreaterThanOrEqualTo(killed.toldEarlier);
                System.out.printf(
                        "killed after %d events, %d delivered, %d had not reached the spool%n",
                        killed.told, delivered, Math.max(0, killed.told - delivered));
            }
        }
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

    private static Killed emitAndKill(URI address, Path spool, int millis) throws IOException, InterruptedException {
        Process engine = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmittingProcess.class.getName(),
                        address.toString(),
                        spool.toString())
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
            engine.destroyForcibly();
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
