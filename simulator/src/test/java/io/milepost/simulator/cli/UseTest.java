package io.milepost.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.simulator.cli.Runs.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong use is one line that tells what to do. */
class UseTest {

    @TempDir
    private Path folder = Path.of("");

    private static void says(String text, String... command) {
        Ran ran = Runs.simulator(List.of(command), List.of());
        assertThat(ran.out().strip())
                .doesNotContain("\n")
                .startsWith("simulator: ")
                .contains(text);
        assertThat(ran.exit()).isEqualTo(Exit.WRONG_USE);
    }

    @Test
    void ofOptions() {
        says("there is no --sed; did you mean --seed or --senders? ('simulator help run' tells", "run", "--sed", "1");
        says("'--users': 'many' is not an int", "run", "--users", "many");
        says("'--url': an address such as http://127.0.0.1:8080 is expected, not 'here'", "run", "--url", "here");
        says("'--zone': a zone such as Europe/Berlin or UTC is expected, not 'Mars'", "replay", "x", "--zone", "Mars");
        says("'--charset': a charset such as windows-1252 is expected, not 'odd'", "replay", "x", "--charset", "odd");
        says("Missing required subcommand ('simulator help' tells what there is)");
        says("Missing required parameter: 'FILE'", "replay");
    }

    @Test
    void everyCommandTellsItsOptionsAndTheVersion() {
        for (String command : List.of("demo", "run", "verify", "generate", "explain", "scenarios", "replay")) {
            Ran ran = Runs.simulator(List.of(command, "--help"), List.of());
            assertThat(ran.out()).startsWith("Usage: simulator " + command).contains("--version");
            assertThat(ran.exit()).isZero();
        }
        assertThat(Runs.simulator(List.of("--version"), List.of()).out()).startsWith("simulator ");
    }

    @Test
    void ofFiles() {
        String nowhere = folder.resolve("nowhere").toString();
        says(
                "there is no file or folder for " + nowhere + "/x.ndjson; make the folder first",
                "generate",
                "--users",
                "1",
                "--out",
                nowhere + "/x.ndjson");
        says(
                "there is no folder " + nowhere + " for the report; make it first",
                "verify",
                "--report",
                nowhere + "/x.html");
    }

    @Test
    void ofLogs() throws IOException {
        says("nothing.csv has no rows", "replay", log("nothing.csv", "case,activity,time"));
        says("none.xes has no rows", "replay", log("none.xes", "<log><trace/></log>"));
        says(
                "old.csv tells of 1600-01-01T00:00:00Z, and",
                "replay",
                log("old.csv", "case,activity,time\n1,a,1600-01-01"));
        says(
                "new.csv tells of 2230-01-01T00:00:00Z, which",
                "replay",
                log("new.csv", "case,activity,time\n1,a,2230-01-01"));
    }

    private String log(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text + "\n").toString();
    }

    @Test
    void ofScenarios() throws IOException {
        says("list.yaml:1: should be fields with values", "run", "--scenario", scenario("list", "- a"));
        says(
                "weeks.yaml:2: weeks: should be a whole number, not 'four'",
                "run",
                "--scenario",
                scenario("weeks", "name: a\nweeks: four"));
        says(
                "zone.yaml:1: zone: should be a zone such as Europe/Berlin, not 'Mars'",
                "run",
                "--scenario",
                scenario("zone", "zone: Mars"));
        says("journeys.yaml:1: journeys: should be a list", "run", "--scenario", scenario("journeys", "journeys: {}"));
        Path old = folder.resolve("old.yaml");
        Files.write(old, new byte[] {'n', (byte) 0xfc, '\n'});
        says("old.yaml: is not written in UTF-8; save it so", "run", "--scenario", old.toString());
    }

    private String scenario(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), text + "\n").toString();
    }
}
