package io.milepost.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.milepost.simulator.run.AnalyticsProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Verifying can fail: one thing each is changed between the simulator and analytics, and is found, named, and explained by
 * people and events. Each scenario has people of its own, so that all share one analytics.
 */
@TestInstance(Lifecycle.PER_CLASS)
class MeddlingIT {

    private static final Path JAR = Path.of(System.getProperty("analytics.jar", "../analytics/target/analytics.jar"));
    private static final Pattern TIME = Pattern.compile("\"time\":\"([^\"]+)\"");

    private @Nullable AnalyticsProcess started;
    private Path folder = Path.of("");

    @BeforeAll
    void start(@TempDir Path data) {
        folder = data;
        started = AnalyticsProcess.start(JAR, data, 0, Duration.ofMinutes(3));
    }

    @AfterAll
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    private AnalyticsProcess analytics() {
        return Objects.requireNonNull(started, "not started");
    }

    private record Ran(int exit, String out, JsonNode report) {
        List<String> measures() {
            return report.findValuesAsText("measure");
        }

        /** What evidence says of the figures of that name. */
        List<JsonNode> evidenceOf(String figures, String measure) {
            List<JsonNode> evidence = new ArrayList<>();
            for (JsonNode difference : report.path("differences")) {
                if (difference.path("figures").asText().equals(figures)
                        && difference.path("measure").asText().equals(measure)) {
                    difference.path("evidence").forEach(evidence::add);
                }
            }
            return evidence;
        }
    }

    private Ran run(String scenario, UnaryOperator<String> events, BinaryOperator<String> answers, String... more)
            throws IOException {
        StringWriter out = new StringWriter();
        Path report = folder.resolve(scenario + ".json");
        try (MeddlingProxy proxy = new MeddlingProxy(analytics().url(), events, answers)) {
            CommandLine line = SimulatorCommand.commandLine();
            line.setOut(new PrintWriter(out));
            line.setErr(new PrintWriter(out));
            List<String> arguments = new ArrayList<>(List.of(
                    "run",
                    "--url",
                    proxy.url().toString(),
                    "--scenario",
                    scenario,
                    "--users",
                    "60",
                    "--seed",
                    "5",
                    "--until",
                    "2025-11-02T12:00:00Z",
                    "--report",
                    report.toString()));
            arguments.addAll(List.of(more));
            int exit = line.execute(arguments.toArray(String[]::new));
            return new Ran(exit, out.toString(), new JsonMapper().readTree(Files.readString(report)));
        }
    }

    private static UnaryOperator<String> eachLine(UnaryOperator<String> change) {
        return body -> body.startsWith("[") ? body : body.lines().map(change).collect(Collectors.joining("\n"));
    }

    private static UnaryOperator<String> same() {
        return body -> body;
    }

    private static BinaryOperator<String> asTold() {
        return (asked, answer) -> answer;
    }

    @Test
    void findsAFigureThatIsOffByOneAndThatItsListIsNot() throws IOException {
        Ran ran = run("ivr-menu", same(), (asked, answer) -> {
            Matcher entries = Pattern.compile("\"entries\":(\\d+)").matcher(answer);
            return asked.contains("/summary") && entries.find()
                    ? entries.replaceFirst("\"entries\":" + (Long.parseLong(entries.group(1)) + 1))
                    : answer;
        });
        assertThat(ran.exit).as(ran.out).isEqualTo(Exit.DIFFERS);
        assertThat(ran.measures()).containsOnly("entries");
        assertThat(ran.out)
                .contains("summary [cohort] entries: expected ")
                .contains("agrees with the truth in every row");
    }

    /** All 60 people enter: a list of more than 50 rows, of which only the number is asked for, is told with one too many. */
    @Test
    void findsALongListWhoseNumberOfRowsIsOffByOne() throws IOException {
        Ran ran = run(
                "support",
                same(),
                (asked, answer) -> {
                    Matcher total = Pattern.compile("\"total\":(\\d+)").matcher(answer);
                    return asked.matches(".*/users\\?(.*&)?size=1(&.*)?") && total.find()
                            ? total.replaceFirst("\"total\":" + (Long.parseLong(total.group(1)) + 1))
                            : answer;
                },
                "--rows",
                "50");
        assertThat(ran.exit).as(ran.out).isEqualTo(Exit.DIFFERS);
        assertThat(ran.measures()).isNotEmpty().allMatch(measure -> measure.endsWith(": total"));
        assertThat(ran.out).contains(" lists of more than 50 rows are compared by their number of rows alone");
    }

    @Test
    void findsADroppedEventAndNamesWhoseItWas() throws IOException {
        AtomicBoolean lost = new AtomicBoolean();
        List<String> dropped = new ArrayList<>();
        Ran ran = run(
                "demo",
                body -> body.lines()
                        .filter(line -> {
                            boolean takes = line.contains("\"type\":\"journey.exited\"") && !lost.getAndSet(true);
                            if (takes) {
                                dropped.add(line);
                            }
                            return !takes;
                        })
                        .collect(Collectors.joining("\n")),
                asTold());
        assertThat(ran.exit).as(ran.out).isEqualTo(Exit.DIFFERS);
        assertThat(ran.measures()).contains("activeEntries", "received = accepted + duplicates + rejected");
        JsonNode event = json(dropped.get(0));
        assertThat(ran.evidenceOf("summary", "activeEntries")).anySatisfy(evidence -> {
            assertThat(evidence.path("user").asText())
                    .isEqualTo(event.path("data").path("userId").asText());
            assertThat(evidence.path("missing").asBoolean()).isFalse();
        });
        assertThat(ran.out)
                .contains("entry " + event.path("data").path("entryId").asText())
                .contains("too many: ");
    }

    @Test
    void findsADuplicateThatWasCountedAndNamesIt() throws IOException {
        AtomicBoolean done = new AtomicBoolean();
        List<String> doubled = new ArrayList<>();
        Ran ran = run(
                "cart-abandonment",
                body -> body.lines()
                        .map(line -> {
                            if (line.contains("\"kind\":\"clicked\"")
                                    && !line.contains("\"machine\":true")
                                    && !done.getAndSet(true)) {
                                doubled.add(line);
                                return line + "\n" + line.replace("\"id\":\"", "\"id\":\"again-");
                            }
                            return line;
                        })
                        .collect(Collectors.joining("\n")),
                asTold());
        assertThat(ran.exit).as(ran.out).isEqualTo(Exit.DIFFERS);
        String message = json(doubled.get(0)).path("data").path("messageId").asText();
        assertThat(ran.measures()).anyMatch(measure -> measure.endsWith(": engagements.clicked.count"));
        assertThat(ran.report.findValuesAsText("row")).anyMatch(row -> row.contains("clicked " + message + " at "));
        assertThat(ran.report.findValuesAsText("row")).allMatch(row -> row.contains(message));
    }

    @Test
    void findsAWindowThatEndsAMillisecondTooEarly() throws IOException {
        Ran ran = run(
                "edge-cases",
                eachLine(line -> line.contains("\"type\":\"journey.exited\"") ? moved(line, -1) : line),
                asTold());
        assertThat(ran.exit).as(ran.out).isEqualTo(Exit.DIFFERS);
        assertThat(ran.measures()).contains("convertedEntries", "convertedEntries: rows");
        assertThat(ran.evidenceOf("summary", "convertedEntries")).isNotEmpty().allSatisfy(evidence -> {
            assertThat(evidence.path("missing").asBoolean()).isTrue();
            assertThat(evidence.path("user").asText()).startsWith("edge-cases-");
            assertThat(evidence.path("events")).isNotEmpty();
        });
    }

    /** Who buys a millisecond after the window converts, and should not. */
    @Test
    void findsAWindowThatEndsAMillisecondTooLate() throws IOException {
        Ran ran = run(
                "edge-cases",
                eachLine(line -> line.contains("\"type\":\"journey.exited\"") ? moved(line, 1) : line),
                asTold(),
                "--prefix",
                "later-");
        assertThat(ran.exit).as(ran.out).isEqualTo(Exit.DIFFERS);
        assertThat(ran.evidenceOf("summary", "convertedEntries")).isNotEmpty().allSatisfy(evidence -> {
            assertThat(evidence.path("missing").asBoolean()).isFalse();
            assertThat(evidence.path("user").asText()).startsWith("later-edge-cases-");
        });
    }

    @Test
    void findsTwoUsersSwappedThoughEveryFigureIsTheSame() throws IOException {
        UnaryOperator<String> swap = line -> line.replace("\"userId\":\"ab-test-3\"", "\"userId\":\"?\"")
                .replace("\"userId\":\"ab-test-4\"", "\"userId\":\"ab-test-3\"")
                .replace("\"userId\":\"?\"", "\"userId\":\"ab-test-4\"");
        Ran ran = run("ab-test", eachLine(swap), asTold());
        assertThat(ran.exit).as(ran.out).isEqualTo(Exit.DIFFERS);
        assertThat(ran.report.path("differences").findValuesAsText("figures")).containsOnly("lists", "mep");
        assertThat(ran.report.findValuesAsText("user")).contains("ab-test-3", "ab-test-4");
        assertThat(ran.out).contains("not the same");
    }

    private static String moved(String line, long millis) {
        Matcher time = TIME.matcher(line);
        if (!time.find()) {
            return line;
        }
        return time.replaceFirst("\"time\":\"" + Instant.parse(time.group(1)).plusMillis(millis) + "\"");
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
