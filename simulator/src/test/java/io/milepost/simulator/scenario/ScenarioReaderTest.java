package io.milepost.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioReaderTest {

    @TempDir
    private Path folder = Path.of("");

    private String demo = "";

    @BeforeEach
    void copyOfTheDemo() throws IOException {
        demo = resource("demo.yaml");
        for (String name : List.of("demo-v1.bpmn", "demo-v2.bpmn")) {
            Files.writeString(folder.resolve(name), resource(name));
        }
    }

    private static String resource(String name) throws IOException {
        try (var in = ScenarioReader.class.getResourceAsStream("/scenarios/" + name)) {
            if (in == null) {
                throw new IOException("no " + name);
            }
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private LoadedScenario read(String yaml) throws IOException {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, yaml);
        return ScenarioReader.file(file);
    }

    private int lineOf(String start) {
        return (int) demo.lines()
                        .takeWhile(line -> !line.strip().startsWith(start))
                        .count()
                + 1;
    }

    @Test
    void readsAFileWithItsDiagrams() throws IOException {
        LoadedScenario loaded = read(demo);
        assertThat(loaded.scenario().users()).isEqualTo(4000);
        assertThat(loaded.diagram(loaded.scenario().journeys().get(0).versions().get(0))
                        .step("once-more")
                        .flow("again"))
                .isEqualTo(new Diagram.Flow("again", "again", "once-more", "email"));
    }

    @Test
    void namesLineAndPathOfAFieldItDoesNotKnow() {
        assertThatThrownBy(() -> read(demo.replace("weeks: 4", "weeks: 4\nweks: 4")))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("mine.yaml:" + (lineOf("weeks:") + 1) + ": weks: is not known here");
    }

    @Test
    void namesAFieldThatIsMissing() {
        assertThatThrownBy(() -> read(demo.replace("weeks: 4", "")))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("weeks: is required");
    }

    @Test
    void namesSharesThatDoNotAddUp() {
        assertThatThrownBy(() -> read(demo.replace("plan: {free: 0.7, pro: 0.3}", "plan: {free: 0.7, pro: 0.4}")))
                .hasMessageContaining(
                        "mine.yaml:" + lineOf("plan:") + ": population.attributes.plan: the shares of [free, pro]");
    }

    @Test
    void namesANodeTheDiagramDoesNotHave() {
        assertThatThrownBy(() -> read(demo.replace("nodes: [push]}", "nodes: [pusch]}")))
                .hasMessageContaining("has no node 'pusch'");
    }

    @Test
    void namesAMissingDiagram() {
        assertThatThrownBy(() -> read(demo.replace("bpmn: demo-v2.bpmn", "bpmn: nowhere.bpmn")))
                .hasMessageEndingWith("mine.yaml:" + lineOf("bpmn: demo-v2.bpmn")
                        + ": journeys[0].versions[1].bpmn: there is no BPMN file 'nowhere.bpmn' beside it");
    }

    @Test
    void namesTheLineThatIsNoYaml() {
        assertThatThrownBy(() -> read("name: x\n  title: y\n")).hasMessageContaining("mine.yaml:2: is no YAML");
    }

    @Test
    void refusesToReadFromTheScenarioWhatTheDiagramSays() {
        assertThatThrownBy(() -> read(demo.replace("reminded: {}", "reminded: {next: done}")))
                .hasMessageEndingWith("mine.yaml:" + lineOf("reminded:")
                        + ": journeys[0].versions[0].nodes.reminded.next: is what the diagram demo-v1.bpmn says;"
                        + " leave it out here, or the bpmn");
    }

    @Test
    void namesADurationThatIsNone() {
        assertThatThrownBy(() -> read(demo.replace("attributionWindow: P3D", "attributionWindow: 3 days")))
                .hasMessageContaining("attributionWindow");
    }

    @Test
    void saysThatAFileIsNotThere() {
        assertThatThrownBy(() -> ScenarioReader.file(folder.resolve("none.yaml")))
                .hasMessageContaining("there is no scenario");
    }
}
