package io.milepost.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.simulator.cli.Runs.Ran;
import io.milepost.simulator.run.AnalyticsProcess;
import io.milepost.simulator.scenario.ScenarioReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every ready scenario at ten seeds, with and without each fault: hours. In the profile {@code soak}. */
@Tag("soak")
class SoakIT {

    private static final Path JAR = Path.of(System.getProperty("analytics.jar", "../analytics/target/analytics.jar"));
    private static final int FIRST = Integer.getInteger("soak.first", 1);
    private static final int SEEDS = Integer.getInteger("soak.seeds", 10);
    private static final String USERS = System.getProperty("soak.users", "200");

    @ParameterizedTest
    @EnumSource(Faults.class)
    void everyScenarioAgreesAtEverySeed(Faults faults, @TempDir Path folder) {
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            // Different seeds of a scenario name the same journey: each has an analytics of its own.
            try (AnalyticsProcess analytics =
                    AnalyticsProcess.start(JAR, folder.resolve("seed-" + seed), 0, Duration.ofMinutes(3))) {
                for (String scenario : ScenarioReader.builtIns()) {
                    List<String> world = world(scenario, seed);
                    world.addAll(faults.options());
                    Ran ran = Runs.simulator(
                            List.of("run", "--url", analytics.url().toString()), world);
                    assertThat(ran.exit())
                            .as(scenario + ", seed " + seed + ", " + faults + ran.out())
                            .isEqualTo(Exit.AGREES);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.milepost.simulator.scenario.ScenarioReader#builtIns")
    void everyScenarioAgreesThoughAnalyticsIsKilled(String scenario, @TempDir Path folder) {
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            Ran ran = Runs.simulator(
                    List.of(
                            "demo",
                            "--analytics-jar",
                            JAR.toString(),
                            "--data",
                            folder.resolve("seed-" + seed).toString(),
                            "--port",
                            "0",
                            "--no-stay",
                            "--kills",
                            "2"),
                    world(scenario, seed));
            assertThat(ran.exit()).as(scenario + ", seed " + seed + ran.out()).isEqualTo(Exit.AGREES);
        }
    }

    private static List<String> world(String scenario, int seed) {
        return new ArrayList<>(List.of(
                "--scenario",
                scenario,
                "--users",
                USERS,
                "--seed",
                Integer.toString(seed),
                "--until",
                "2025-11-02T12:00:00Z"));
    }
}
