package io.milepost.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.simulator.cli.Runs.Ran;
import io.milepost.simulator.run.AnalyticsProcess;
import io.milepost.simulator.scenario.ScenarioReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line against the real analytics, started from its jar. */
class DemoIT {

    private static final Path JAR = Path.of(System.getProperty("analytics.jar", "../analytics/target/analytics.jar"));
    private static final Duration START = Duration.ofMinutes(3);
    private static final List<String> WORLD =
            List.of("--users", "100", "--seed", "7", "--until", "2025-03-30T12:00:00Z");

    @TempDir
    private Path data = Path.of("");

    private static Ran throughProxy(
            String command, URI target, UnaryOperator<String> events, BinaryOperator<String> answers)
            throws IOException {
        try (MeddlingProxy proxy = new MeddlingProxy(target, events, answers)) {
            return Runs.simulator(List.of(command, "--url", proxy.url().toString()), WORLD);
        }
    }

    @Test
    void theDemoAgreesAndSaysSo() {
        Ran demo = Runs.simulator(
                List.of(
                        "demo",
                        "--analytics-jar",
                        JAR.toString(),
                        "--data",
                        data.toString(),
                        "--port",
                        "0",
                        "--no-stay"),
                WORLD);
        assertThat(demo.out())
                .contains("✓ analytics agrees with the truth")
                .contains("/swagger-ui")
                .doesNotContain("✗");
        assertThat(demo.exit()).isZero();
    }

    @Test
    void everyReadyScenarioAgrees() {
        try (AnalyticsProcess analytics = AnalyticsProcess.start(JAR, data, 0, START)) {
            for (String scenario : ScenarioReader.builtIns()) {
                Ran ran = Runs.simulator(
                        List.of("run", "--url", analytics.url().toString(), "--scenario", scenario),
                        List.of("--users", "80", "--seed", "3", "--until", "2025-11-02T12:00:00Z"));
                assertThat(ran.exit()).as(scenario + ran.out()).isEqualTo(Exit.AGREES);
            }
        }
    }

    @Test
    void namesWhatDiffersAndAgreesOnceItIsMended() throws IOException {
        try (AnalyticsProcess analytics = AnalyticsProcess.start(JAR, data, 0, START)) {
            Ran dropped = throughProxy("run", analytics.url(), withoutOneExit(), (asked, answer) -> answer);
            assertThat(dropped.exit()).as(dropped.out()).isEqualTo(Exit.DIFFERS);
            assertThat(dropped.out()).contains("activeEntries").contains("received = accepted + duplicates + rejected");

            Ran sentAgain =
                    Runs.simulator(List.of("run", "--url", analytics.url().toString()), WORLD);
            assertThat(sentAgain.exit()).as(sentAgain.out()).isEqualTo(Exit.AGREES);

            Ran swapped = throughProxy("verify", analytics.url(), events -> events, DemoIT::androidAsHuawei);
            assertThat(swapped.exit()).as(swapped.out()).isEqualTo(Exit.DIFFERS);
            assertThat(swapped.out()).contains("push: platforms.android");

            Ran asItIs =
                    Runs.simulator(List.of("verify", "--url", analytics.url().toString()), WORLD);
            assertThat(asItIs.exit()).as(asItIs.out()).isEqualTo(Exit.AGREES);
        }
    }

    /** Loses the first exit that passes, in one body. */
    private static UnaryOperator<String> withoutOneExit() {
        AtomicBoolean lost = new AtomicBoolean();
        return events -> events.lines()
                .filter(line -> !line.contains("\"type\":\"journey.exited\"") || lost.getAndSet(true))
                .collect(Collectors.joining("\n"));
    }

    private static String androidAsHuawei(String asked, String answer) {
        return asked.contains("/nodes")
                ? answer.replace("\"android\"", "\"x\"")
                        .replace("\"huawei\"", "\"android\"")
                        .replace("\"x\"", "\"huawei\"")
                : answer;
    }

    @Test
    void oneLineTellsWhatToDoAboutWrongUse() {
        assertThat(Runs.simulator(List.of("run", "--scenario", "nowhere"), List.of()))
                .isEqualTo(new Ran(Exit.WRONG_USE, line("simulator: there is no scenario 'nowhere.yaml'")));
        assertThat(Runs.simulator(List.of("run", "--users", "0"), List.of()))
                .isEqualTo(new Ran(Exit.WRONG_USE, line("simulator: --users should be 1 or more, not 0")));
        assertThat(Runs.simulator(List.of("explain", "--user", "nobody"), WORLD).exit())
                .isEqualTo(Exit.WRONG_USE);
        assertThat(Runs.simulator(List.of("run", "--sed", "1"), List.of()).exit())
                .isEqualTo(Exit.WRONG_USE);
    }

    @Test
    void saysThatAnalyticsCannotBeReached() {
        Ran ran = Runs.simulator(List.of("verify", "--url", "http://127.0.0.1:" + AnalyticsProcess.freePort()), WORLD);
        assertThat(ran.exit()).isEqualTo(Exit.UNREACHABLE);
        assertThat(ran.out()).contains("cannot be reached").contains("is it running there?");
    }

    private static String line(String text) {
        return text + System.lineSeparator();
    }
}
