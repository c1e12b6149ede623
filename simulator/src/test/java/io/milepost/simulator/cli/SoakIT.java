package io.milepost.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.simulator.cli.Runs.Ran;
import io.milepost.simulator.engine.World;
import io.milepost.simulator.run.AnalyticsProcess;
import io.milepost.simulator.scenario.LoadedScenario;
import io.milepost.simulator.scenario.ScenarioReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every ready scenario at ten seeds, with and without each fault: hours. In the profile {@code soak}.
 *
 * <p>All runs of a seed share an analytics, so each has journeys and people of its own, and it is held to its truth beside
 * all that came before.
 */
@Tag("soak")
class SoakIT {

    private static final Path JAR = Path.of(System.getProperty("analytics.jar", "../analytics/target/analytics.jar"));
    private static final int FIRST = Integer.getInteger("soak.first", 1);
    private static final int SEEDS = Integer.getInteger("soak.seeds", 10);
    private static final int USERS = Integer.getInteger("soak.users", 100);
    private static final Duration START = Duration.ofMinutes(3);
    private static final String UNTIL = "2025-11-02T12:00:00Z";

    static IntStream seeds() {
        return IntStream.range(FIRST, FIRST + SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyScenarioAgreesWithAndWithoutEveryFault(int seed, @TempDir Path folder) {
        List<String> differing = new ArrayList<>();
        try (AnalyticsProcess analytics = AnalyticsProcess.start(JAR, folder, 0, START)) {
            for (Faults faults : Faults.values()) {
                for (String scenario : ScenarioReader.builtIns()) {
                    List<String> world = world(scenario, seed, faults.name());
                    world.addAll(faults.options());
                    long begun = System.nanoTime();
                    Ran ran = Runs.simulator(
                            List.of("run", "--url", analytics.url().toString()), world);
                    tell(scenario, seed, faults.name(), ran, begun, differing);
                }
            }
        }
        assertThat(differing).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyScenarioAgreesThoughAnalyticsIsKilled(int seed, @TempDir Path folder) throws IOException {
        List<String> differing = new ArrayList<>();
        try (AnalyticsProcess analytics = AnalyticsProcess.start(JAR, folder, 0, START)) {
            for (String scenario : ScenarioReader.builtIns()) {
                LoadedScenario loaded = ScenarioReader.builtIn(scenario);
                World world = new World(
                        loaded.with(loaded.scenario().withUsers(USERS)), seed, "killed-", Instant.parse(UNTIL), 2);
                Killer killer = new Killer(analytics, seed * 100L);
                StringWriter out = new StringWriter();
                PrintWriter to = new PrintWriter(out);
                long begun = System.nanoTime();
                int exit = new Trial(world, analytics.url(), to, Terminal.console(to))
                        .interruptedBy(killer)
                        .run();
                to.flush();
                assertThat(killer.done)
                        .as(scenario + " was played without a kill")
                        .isTrue();
                tell(scenario, seed, "KILLED", new Ran(exit, out.toString()), begun, differing);
            }
        }
        assertThat(differing).isEmpty();
    }

    private static void tell(String scenario, int seed, String faults, Ran ran, long begun, List<String> differing) {
        String run = scenario + ", seed " + seed + ", " + faults;
        System.out.printf(
                Locale.ROOT,
                "%s: %s after %.1f s%n",
                run,
                ran.exit() == Exit.AGREES ? "agrees" : "exit " + ran.exit(),
                (System.nanoTime() - begun) / 1e9);
        if (ran.exit() != Exit.AGREES) {
            differing.add(run + "\n" + ran.out());
        }
    }

    private static List<String> world(String scenario, int seed, String prefix) {
        return new ArrayList<>(List.of(
                "--scenario",
                scenario,
                "--users",
                Integer.toString(USERS),
                "--seed",
                Integer.toString(seed),
                "--prefix",
                prefix.toLowerCase(Locale.ROOT) + "-",
                "--until",
                UNTIL));
    }

    /** Kills analytics and starts it again, once. */
    private static final class Killer implements LongConsumer {
        private final AnalyticsProcess analytics;
        private final long after;
        private boolean done;

        /** @param after that many events of a run */
        Killer(AnalyticsProcess analytics, long after) {
            this.analytics = analytics;
            this.after = after;
        }

        @Override
        public void accept(long emitted) {
            if (!done && emitted >= after) {
                done = true;
                analytics.killAndRestart(START);
            }
        }
    }
}
