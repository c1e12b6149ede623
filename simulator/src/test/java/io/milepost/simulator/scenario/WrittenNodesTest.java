package io.milepost.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milepost.simulator.engine.World;
import io.milepost.simulator.scenario.Diagram.Flow;
import io.milepost.simulator.scenario.Diagram.Kind;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.JourneyDefined;
import io.milepost.spi.JourneyEvent.JourneyExited;
import io.milepost.spi.JourneyEvent.MessageSent;
import io.milepost.spi.JourneyEvent.NodeEntered;
import io.milepost.spi.JourneyEvent.NodeExited;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrittenNodesTest {

    @TempDir
    private Path folder = Path.of("");

    private LoadedScenario read(String nodes) throws IOException {
        return WrittenJourney.read(folder, "asked: {type: menu}", nodes);
    }

    private Diagram diagram(String nodes) throws IOException {
        LoadedScenario loaded = read(nodes);
        return loaded.diagram(loaded.scenario().journeys().get(1).versions().get(0));
    }

    private static World world(LoadedScenario loaded) {
        return new World(loaded, 7, Instant.parse("2026-03-29T12:00:00Z"));
    }

    private static List<String> entered(List<JourneyEvent> life) {
        return life.stream()
                .filter(NodeEntered.class::isInstance)
                .map(event -> ((NodeEntered) event).visit().nodeId())
                .toList();
    }

    @Test
    void aNameIsOneWayAListIsAll() throws IOException {
        Diagram diagram = diagram(
                """
                hello: {type: trigger, next: asked},
                asked: {type: decision, next: {'yes': both, 'no': bye}},
                both: {type: split, next: [mail, wait]},
                mail: {type: send, next: met}, wait: {type: wait, next: met},
                met: {type: join, next: bye}, bye: {type: exit}
                """);
        assertThat(diagram.starts()).containsExactly("hello");
        assertThat(diagram.step("asked").kind()).isEqualTo(Kind.DECISION);
        assertThat(diagram.step("asked").flow("no")).isEqualTo(new Flow("asked/no", "no", "asked", "bye"));
        assertThat(diagram.step("both").kind()).isEqualTo(Kind.PARALLEL);
        assertThat(diagram.step("both").flows())
                .containsExactly(
                        new Flow("both/mail", null, "both", "mail"), new Flow("both/wait", null, "both", "wait"));
        assertThat(diagram.step("met").incoming()).isEqualTo(2);
        assertThat(diagram.step("bye").kind()).isEqualTo(Kind.END);
        assertThat(diagram.xml()).isNull();
    }

    @Test
    void livesGoThroughThemAsThroughADiagram() throws IOException {
        World world = world(
                read(
                        """
                hello: {name: Hello, type: trigger, next: mail},
                mail: {type: send, sends: {channel: email}, stays: PT1H, next: both},
                both: {next: [talk, nap]},
                talk: {calls: other, next: met}, nap: {type: wait, stays: P1D, next: met},
                met: {type: join, next: pick},
                pick: {type: menu, next: {'1': done, '2': hello}, branches: {'1': 1, '2': 0}},
                done: {type: goal, exits: goal}
                """));
        List<JourneyEvent> life = world.life(3);
        // The ways meet at the join one after the other, each with a visit.
        assertThat(entered(life))
                .containsExactly("hello", "mail", "both", "talk", "asked", "nap", "met", "met", "pick", "done");
        assertThat(life).filteredOn(MessageSent.class::isInstance).hasSize(1);
        assertThat(life).filteredOn(NodeExited.class::isInstance).anySatisfy(event -> {
            assertThat(((NodeExited) event).visit().nodeId()).isEqualTo("pick");
            assertThat(((NodeExited) event).outcome()).isEqualTo("1");
        });
        JourneyEvent last = life.get(life.size() - 1);
        assertThat(((JourneyExited) last).reason().wireName()).isEqualTo("goal");
        assertThat(Duration.between(life.get(0).time(), last.time())).isEqualTo(Duration.ofHours(25));
        JourneyDefined defined = world.definitions().get(1);
        assertThat(defined.definition().bpmn()).isNull();
        assertThat(defined.definition().nodes().get(0).name()).isEqualTo("Hello");
        assertThat(defined.definition().nodes().stream().map(node -> node.id() + " " + node.type()))
                .containsExactly(
                        "hello trigger",
                        "mail send",
                        "both split",
                        "talk custom",
                        "nap wait",
                        "met join",
                        "pick menu",
                        "done goal");
        assertThat(defined.definition().edges()).hasSize(9);
    }

    @Test
    void activitiesAreDoneSeveralTimes() throws IOException {
        World world = world(read("ring: {type: custom, times: 3, next: end}, end: {type: exit}"));
        assertThat(entered(world.life(0))).containsExactly("ring", "ring", "ring", "end");
    }

    @Test
    void namesLineAndPathOfWhatIsWrong() {
        assertThatThrownBy(() -> read("a: {type: trigger,\n next: b}"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageEndingWith("mine.yaml:" + (WrittenJourney.BEFORE + 2)
                        + ": journeys[1].versions[0].nodes.a.next: there is no node 'b'; there are [a]");
        assertThatThrownBy(() -> read("a: {next: {'yes': b, 'no': c}},\nb: {}"))
                .hasMessageEndingWith("nodes.a.next.no: there is no node 'c'; there are [a, b]");
        assertThatThrownBy(() -> read("a: {next: b},\nb: {next: a}"))
                .hasMessageEndingWith("nodes: no node is the first: each comes after another; give one type: trigger");
        assertThatThrownBy(() -> read("a: {type: trigger},\nb: {type: exit}"))
                .hasMessageEndingWith("mine.yaml:" + (WrittenJourney.BEFORE + 2)
                        + ": journeys[1].versions[0].nodes.b: nothing leads to this node from [a]");
        assertThatThrownBy(() -> read("a: {type: exit, next: b},\nb: {}"))
                .hasMessageEndingWith("nodes.a.next: an exit is the last; give 'a' another type");
        assertThatThrownBy(() -> read("a: {next: {'yes': b, 'no': b}, branches: {'yes': 1, maybe: 0}},\nb: {}"))
                .hasMessageEndingWith("nodes.a.branches: no flow 'maybe' leaves the node 'a'; there are [yes, no]");
        assertThatThrownBy(() -> read("a: {calls: nobody, next: b},\nb: {}"))
                .hasMessageEndingWith("nodes.a.calls: there is no journey 'nobody'; there are [other, j]");
        assertThatThrownBy(() -> read("a: {next: []}")).hasMessageContaining("should name a node at least");
        assertThatThrownBy(() -> read(""))
                .hasMessageContaining(
                        "journeys[1].versions[0]: should have bpmn, a file beside the scenario, or nodes");
    }
}
