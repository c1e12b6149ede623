package io.milepost.simulator.scenario;

import io.milepost.simulator.scenario.Diagram.Kind;
import io.milepost.simulator.scenario.Diagram.Step;
import io.milepost.simulator.scenario.Scenario.Journey;
import io.milepost.simulator.scenario.Scenario.Node;
import io.milepost.simulator.scenario.Scenario.Version;
import io.milepost.spi.ExitReason;
import io.milepost.spi.NodeType;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** What a scenario must keep beyond its shape: names that exist, sums that fit, times that ascend. */
final class ScenarioChecks {

    private final String file;
    private final LoadedScenario loaded;

    ScenarioChecks(String file, LoadedScenario loaded) {
        this.file = file;
        this.loaded = loaded;
    }

    void check() {
        Scenario scenario = loaded.scenario();
        require(scenario.users() >= 1, () -> "users should be 1 or more");
        require(scenario.weeks() >= 1, () -> "weeks should be 1 or more");
        require(!scenario.journeys().isEmpty(), () -> "journeys should name one at least");
        require(scenario.arrivals().hours().size() == 24, () -> "arrivals.hours should have 24 weights");
        require(scenario.arrivals().weekdays().size() == 7, () -> "arrivals.weekdays should have 7 weights");
        require(
                scenario.arrivals().until() > 0 && scenario.arrivals().until() <= 1,
                () -> "arrivals.until should be above 0 and at most 1");
        scenario.journeys().forEach(this::journey);
    }

    private void journey(Journey journey) {
        String at = "journeys." + journey.id();
        require(!journey.versions().isEmpty(), () -> at + ".versions should name one at least");
        Duration last = Duration.ZERO;
        int number = 0;
        for (Version version : journey.versions()) {
            require(version.version() > number, () -> at + ".versions should ascend");
            require(version.from().compareTo(last) >= 0, () -> at + ".versions: 'from' should ascend");
            number = version.version();
            last = version.from();
            version(at + ".versions." + version.version(), version);
        }
        journey.stops().forEach(stop -> reason(at + ".stops", stop.reason()));
    }

    private void version(String at, Version version) {
        Diagram diagram = loaded.diagram(version.bpmn());
        version.nodes().forEach((id, node) -> {
            require(
                    diagram.steps().containsKey(id),
                    () -> at + ".nodes." + id + ": " + version.bpmn() + " has no node of that id");
            node(at + ".nodes." + id, diagram.step(id), node);
        });
        version.stages()
                .forEach(stage -> stage.nodes()
                        .forEach(id -> require(
                                diagram.steps().containsKey(id),
                                () -> at + ".stages." + stage.id() + ": " + version.bpmn() + " has no node '" + id + "'")));
        diagram.steps().values().forEach(step -> flows(at, version.nodes(), step));
    }

    private void node(String at, Step step, Node node) {
        if (node.type() != null) {
            require(NodeType.ofWireName(node.type()) != null, () -> at + ".type: '" + node.type() + "' is no node type");
        }
        if (node.exits() != null) {
            reason(at + ".exits", node.exits());
        }
        if (node.branches() != null) {
            node.branches().options().forEach(name -> flow(at + ".branches", step, name));
        }
        if (node.asks() != null) {
            flow(at + ".asks.yes", step, node.asks().yes());
            flow(at + ".asks.no", step, node.asks().no());
        }
    }

    private void flow(String at, Step step, String name) {
        require(step.flow(name) != null, () -> at + ": no flow '" + name + "' leaves the node '" + step.id() + "'");
    }

    private void flows(String at, Map<String, Node> nodes, Step step) {
        if (step.kind() == Kind.DECISION && step.flows().size() > 1) {
            Node node = nodes.get(step.id());
            require(
                    node != null && (node.branches() != null || node.asks() != null),
                    () -> at + ".nodes." + step.id() + " should say its branches");
        }
        require(
                step.kind() == Kind.END || !step.flows().isEmpty(),
                () -> at + ": nothing leads out of the node '" + step.id() + "'");
    }

    private void reason(String at, String reason) {
        require(
                ExitReason.ofWireName(reason) != null,
                () -> at + ": '" + reason + "' is no reason; completed, cancelled, expired, failed and goal are");
    }

    private void require(boolean holds, Supplier<String> message) {
        if (!holds) {
            throw new ScenarioException(file + ": " + message.get());
        }
    }
}
