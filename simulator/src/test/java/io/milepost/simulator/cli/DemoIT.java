package io.milepost.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.simulator.cli.Runs.Ran;
import io.milepost.simulator.run.AnalyticsProcess;
import io.milepost.simulator.scenario.ScenarioReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The command line against the real analytics, started from its jar; what has people of its own shares one. */
@TestInstance(Lifecycle.PER_CLASS)
class DemoIT {

    private static final Path JAR = Path.of(System.getProperty("analytics.jar", "../analytics/target/analytics.jar"));
    private static final Duration START = Duration.ofMinutes(3);
    private static final List<String> WORLD =
            List.of("--users", "100", "--seed", "7", "--until", "2025-03-30T12:00:00Z");

    private @Nullable AnalyticsProcess shared;

    @BeforeAll
    void start(@TempDir Path folder) {
        shared = AnalyticsProcess.start(JAR, folder, 0, START);
    }

    @AfterAll
    void stop() {
        if (shared != null) {
            shared.close();
        }
    }

    private String url() {
        return Objects.requireNonNull(shared, "not started").url().toString();
    }

    private static Ran throughProxy(
            String command, URI target, UnaryOperator<String> events, BinaryOperator<String> answers)
            throws IOException {
        try (MeddlingProxy proxy = new MeddlingProxy(target, events, answers)) {
            return Runs.simulator(List.of(command, "--url", proxy.url().toString()), WORLD);
        }
    }

    @Test
    void theDemoAgreesAndSaysSo(@TempDir Path data) {
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
        for (String scenario : ScenarioReader.builtIns()) {
            Ran ran = Runs.simulator(
                    List.of("run", "--url", url(), "--scenario", scenario),
                    List.of("--users", "80", "--seed", "3", "--until", "2025-11-02T12:00:00Z"));
            assertThat(ran.exit()).as(scenario + ran.out()).isEqualTo(Exit.AGREES);
        }
    }

    @Test
    void namesWhatDiffersAndAgreesOnceItIsMended(@TempDir Path data) throws IOException {
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
                .isEqualTo(new Ran(
                        Exit.WRONG_USE,
                        line("simulator: there is no scenario 'nowhere'; there are demo, onboarding, win-back,"
                                + " cart-abandonment, ivr-menu, ab-test, support, bank-year, edge-cases, or name a file such"
                                + " as mine.yaml")));
        assertThat(Runs.simulator(List.of("run", "--users", "0"), List.of()))
                .isEqualTo(new Ran(Exit.WRONG_USE, line("simulator: --users should be 1 or more, not 0")));
        assertThat(Runs.simulator(List.of("explain", "--user", "nobody"), WORLD).exit())
                .isEqualTo(Exit.WRONG_USE);
        assertThat(Runs.simulator(List.of("run", "--sed", "1"), List.of()).exit())
                .isEqualTo(Exit.WRONG_USE);
    }

    /** What logs have: a mark, semicolons, line breaks, ties, a node called null, ends without a start. */
    @Test
    void aLogIsHeldToWhatIsCountedFromItsRows(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(
                folder.resolve("odd.csv"),
                """
                \ufeffcase;activity;time;user;phase
                c1;start;2025-03-01 10:00:00;ann;complete
                c1;null;2025-03-01 10:00:00;ann;start
                c1;"two
                lines";2025-03-01T11:00:00+01:00;ann;
                c1;null;2025-03-01 10:00:07;ann;complete
                c2;null;2025-03-01 10:00:00;bob;start
                c2;start;2025-03-01 10:00:00;ann;complete
                c3;start;2025-03-02;ann;start
                """);
        Ran ran = Runs.simulator(
                List.of("replay", log.toString(), "--url", url()),
                List.of("--separator", ";", "--user", "user", "--phase", "phase", "--shuffle", "--duplicate", "0.3"));
        assertThat(ran.exit()).as(ran.out()).isEqualTo(Exit.AGREES);
        assertThat(ran.out()).contains("7 rows · 3 cases · 2 users · 3 activities");
    }

    @Test
    void oneLineTellsWhatToDoAboutALog(@TempDir Path folder) throws IOException {
        Path future = Files.writeString(folder.resolve("future.csv"), "case,activity,time\nc,a,2999-01-01\n");
        assertThat(Runs.simulator(List.of("replay", future.toString()), List.of()))
                .isEqualTo(new Ran(
                        Exit.WRONG_USE,
                        line("simulator: " + future
                                + " tells of 2999-01-01T00:00:00Z, which is still to come; analytics"
                                + " refuses such events. Is the --zone right?")));
        assertThat(Runs.simulator(List.of("replay", future.toString(), "--time-format", "bad"), List.of())
                        .out())
                .startsWith("simulator: --time-format 'bad' is no pattern such as 'dd.MM.yyyy HH:mm': ");
        assertThat(Runs.simulator(List.of("replay", "nowhere.csv"), List.of()))
                .isEqualTo(new Ran(Exit.WRONG_USE, line("simulator: there is no log nowhere.csv")));
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
