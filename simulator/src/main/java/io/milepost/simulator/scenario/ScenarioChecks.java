package io.milepost.simulator.scenario;

import io.milepost.simulator.scenario.Diagram.Flow;
import io.milepost.simulator.scenario.Diagram.Kind;
import io.milepost.simulator.scenario.Diagram.Step;
import io.milepost.simulator.scenario.Scenario.Arrivals;
import io.milepost.simulator.scenario.Scenario.Journey;
import io.milepost.simulator.scenario.Scenario.Node;
import io.milepost.simulator.scenario.Scenario.Version;
import io.milepost.spi.ExitReason;
import io.milepost.spi.NodeType;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a scenario must keep beyond its shape: names that exist, sums that fit, times that ascend. */
final class ScenarioChecks {

    private static final int MOST_USERS = 100_000_000;
    private static final int MOST_WEEKS = 100;

    private final YamlTree yaml;
    private final LoadedScenario loaded;

    ScenarioChecks(YamlTree yaml, LoadedScenario loaded) {
        this.yaml = yaml;
        this.loaded = loaded;
    }

    void check() {
        Scenario scenario = loaded.scenario();
        require(scenario.users() >= 1 && scenario.users() <= MOST_USERS, "users", "should be 1 to " + MOST_USERS);
        require(scenario.weeks() >= 1 && scenario.weeks() <= MOST_WEEKS, "weeks", "should be 1 to " + MOST_WEEKS);
        require(!scenario.journeys().isEmpty(), "journeys", "should have one at least");
        arrivals(scenario.arrivals());
        faults(scenario.faults());
        for (int i = 0; i < scenario.journeys().size(); i++) {
            journey("journeys[" + i + "]", scenario.journeys().get(i));
        }
    }

    private void faults(Scenario.Faults faults) {
        Map.of(
                        "duplicates", faults.duplicates(),
                        "disorder", faults.disorder(),
                        "late", faults.late(),
                        "lost", faults.lost(),
                        "split", faults.split())
                .forEach((name, share) ->
                        require(share >= 0 && share <= 1, "faults." + name, "should be from 0 to 1, not " + share));
        require(!faults.skew().isNegative(), "faults.skew", "should not be negative");
        require(faults.batch() >= 0, "faults.batch", "should be 0 or more");
        require(faults.cuts() >= 0, "faults.cuts", "should be 0 or more");
    }

    private void arrivals(Arrivals arrivals) {
        require(arrivals.until() > 0 && arrivals.until() <= 1, "arrivals.until", "should be above 0 and at most 1");
        weights("arrivals.hours", arrivals.hours(), 24);
        weights("arrivals.weekdays", arrivals.weekdays(), 7);
        double shares = 0;
        for (int i = 0; i < arrivals.bursts().size(); i++) {
            Scenario.Burst burst = arrivals.bursts().get(i);
            String at = "arrivals.bursts[" + i + "]";
            require(burst.share() > 0 && burst.share() <= 1, at + ".share", "should be above 0 and at most 1");
            require(!burst.at().isNegative(), at + ".at", "should not be before the start");
            require(!burst.lasts().isNegative(), at + ".lasts", "should not be negative");
            shares += burst.share();
        }
        require(shares <= 1 + 1e-9, "arrivals.bursts", "their shares add up to " + shares + ", above 1");
    }

    private void weights(String at, List<Double> weights, int count) {
        require(weights.size() == count, at, "should have " + count + " weights, not " + weights.size());
        require(
                weights.stream().allMatch(weight -> weight >= 0)
                        && weights.stream().anyMatch(weight -> weight > 0),
                at,
                "should be 0 or more, and one of them above 0");
    }

    private void journey(String at, Journey journey) {
        require(!journey.versions().isEmpty(), at + ".versions", "should have one at least");
        Duration last = Duration.ZERO;
        int number = 0;
        for (int i = 0; i < journey.versions().size(); i++) {
            Version version = journey.versions().get(i);
            String inside = at + ".versions[" + i + "]";
            require(version.version() > number, inside + ".version", "should be above " + number);
            require(version.from().compareTo(last) >= 0, inside + ".from", "should not be before " + last);
            number = version.version();
            last = version.from();
            version(inside, version);
        }
        for (int i = 0; i < journey.imports().size(); i++) {
            require(
                    journey.imports().get(i).every().toMillis() > 0,
                    at + ".imports[" + i + "].every",
                    "should be longer than nothing");
        }
        for (int i = 0; i < journey.stops().size(); i++) {
            reason(at + ".stops[" + i + "].reason", journey.stops().get(i).reason());
        }
    }

    private void version(String at, Version version) {
        Diagram diagram = loaded.diagram(version);
        version.nodes().forEach((id, node) -> {
            known(at + ".nodes." + id, version, id);
            node(at + ".nodes." + id, diagram.step(id), node);
            if (version.bpmn() != null) {
                asDrawn(at + ".nodes." + id, version.bpmn(), node);
            }
        });
        for (int i = 0; i < version.stages().size(); i++) {
            for (String id : version.stages().get(i).nodes()) {
                known(at + ".stages[" + i + "].nodes", version, id);
            }
        }
    }

    private void asDrawn(String at, String bpmn, Node node) {
        String told = "is what the diagram " + bpmn + " says; leave it out here, or the bpmn";
        require(node.next() == null, at + ".next", told);
        require(node.calls() == null, at + ".calls", told);
        require(node.name() == null, at + ".name", told);
        require(node.inside() == null, at + ".inside", told);
        require(node.on() == null, at + ".on", told);
        require(node.catches() == null, at + ".catches", told);
        require(node.interrupts() == null, at + ".interrupts", told);
        require(node.raises() == null, at + ".raises", told);
    }

    private void known(String at, Version version, String node) {
        require(
                loaded.diagram(version).steps().containsKey(node),
                at,
                (version.bpmn() == null ? "there is" : "the diagram " + version.bpmn() + " has") + " no node '" + node
                        + "'; there are "
                        + loaded.diagram(version).steps().keySet());
    }

    private void node(String at, Step step, Node node) {
        if (node.type() != null) {
            require(
                    NodeType.ofWireName(node.type()) != null,
                    at + ".type",
                    "'" + node.type() + "' is no node type; " + List.of(NodeType.values()) + " are");
        }
        String calls = node.calls();
        if (calls != null) {
            List<String> known =
                    loaded.scenario().journeys().stream().map(Journey::id).toList();
            require(known.contains(calls), at + ".calls", "there is no journey '" + calls + "'; there are " + known);
        }
        if (node.exits() != null) {
            reason(at + ".exits", node.exits());
        }
        if (node.branches() != null) {
            node.branches().options().forEach(name -> flow(at + ".branches", step, name));
        }
        if (node.takes() != null) {
            require(
                    step.kind() == Kind.INCLUSIVE,
                    at + ".takes",
                    "is for inclusive gateways; a decision has branches: '" + step.id() + "' is none");
            node.takes().keySet().forEach(name -> flow(at + ".takes", step, name));
        }
        if (node.asks() != null) {
            flow(at + ".asks.yes", step, node.asks().yes());
            flow(at + ".asks.no", step, node.asks().no());
        }
    }

    private void flow(String at, Step step, String name) {
        require(
                step.flow(name) != null,
                at,
                "no flow '" + name + "' leaves the node '" + step.id() + "'; there are "
                        + step.flows().stream().map(Flow::outcome).toList());
    }

    private void reason(String at, String reason) {
        require(
                ExitReason.ofWireName(reason) != null,
                at,
                "'" + reason + "' is no reason; completed, cancelled, expired, failed and goal are");
    }

    private void require(boolean holds, String path, String message) {
        if (!holds) {
            throw yaml.wrong(path, message);
        }
    }
}
