package io.milepost.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.simulator.cli.Runs.Ran;
import io.milepost.simulator.run.AnalyticsProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A selection: some scenarios with some faults; {@link SoakIT} has all with all. */
class FaultsIT {

    private static final Path JAR = Path.of(System.getProperty("analytics.jar", "../analytics/target/analytics.jar"));

    /** With sub-processes and events on boundaries. */
    private static final String WRITTEN = "src/test/resources/order.yaml";

    private static List<String> world(String scenario, Faults faults) {
        List<String> world = new ArrayList<>(
                List.of("--scenario", scenario, "--users", "40", "--seed", "11", "--until", "2025-11-02T12:00:00Z"));
        world.addAll(faults.options());
        return world;
    }

    @Test
    void noFaultChangesAFigure(@TempDir Path data) {
        try (AnalyticsProcess analytics = AnalyticsProcess.start(JAR, data, 0, Duration.ofMinutes(3))) {
            Map.of(
                            "ivr-menu",
                            Faults.SMALL_BODIES,
                            "support",
                            Faults.SKEWED,
                            "cart-abandonment",
                            Faults.CUT_LINE,
                            "win-back",
                            Faults.APART,
                            "edge-cases",
                            Faults.ALL,
                            WRITTEN,
                            Faults.DISORDERED)
                    .forEach((scenario, faults) -> {
                        Ran ran = Runs.simulator(
                                List.of("run", "--url", analytics.url().toString()), world(scenario, faults));
                        assertThat(ran.exit())
                                .as(scenario + " " + faults + ran.out())
                                .isEqualTo(Exit.AGREES);
                    });
        }
    }

    @Test
    void analyticsMayBeKilledWhileItIsPlayedTo(@TempDir Path data) {
        Ran ran = Runs.simulator(
                List.of(
                        "demo",
                        "--analytics-jar",
                        JAR.toString(),
                        "--data",
                        data.toString(),
                        "--port",
                        "0",
                        "--no-stay",
                        "--kills",
                        "2"),
                List.of("--users", "160", "--seed", "11", "--until", "2025-11-02T12:00:00Z"));
        assertThat(ran.out().split("and started again", -1)).as(ran.out()).hasSize(3);
        assertThat(ran.exit()).as(ran.out()).isEqualTo(Exit.AGREES);
    }
}
