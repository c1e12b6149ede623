package io.milepost.simulator.engine;

import io.milepost.simulator.channel.Channel;
import io.milepost.simulator.scenario.Diagram;
import io.milepost.simulator.scenario.Diagram.Flow;
import io.milepost.simulator.scenario.Diagram.Kind;
import io.milepost.simulator.scenario.LoadedScenario;
import io.milepost.simulator.scenario.Scenario;
import io.milepost.spi.ExitReason;
import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.NodeType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A journey of the scenario made ready to run: nodes linked to their flows and behaviour. */
final class Plan {

    final Scenario.Journey journey;
    final List<Version> versions;

    Plan(Scenario.Journey journey, LoadedScenario loaded) {
        this.journey = journey;
        this.versions = journey.versions().stream()
                .map(version -> new Version(journey, version, loaded.diagram(version.bpmn())))
                .toList();
    }

    /** The version that is entered so many milliseconds after the start. */
    Version entered(long sinceStart) {
        Version current = versions.get(0);
        for (Version version : versions) {
            if (version.settings.from().toMillis() <= sinceStart) {
                current = version;
            }
        }
        return current;
    }

    static final class Version {
        final Scenario.Version settings;
        final Step start;
        final JourneyDefinition definition;
        private final Map<String, Step> steps = new LinkedHashMap<>();

        Version(Scenario.Journey journey, Scenario.Version settings, Diagram diagram) {
            this.settings = settings;
            diagram.steps().values().forEach(drawn -> steps.put(drawn.id(), new Step(drawn, settings)));
            steps.values().forEach(step -> step.link(steps));
            Step first = steps.get(diagram.start());
            if (first == null) {
                throw new IllegalArgumentException("no start");
            }
            start = first;
            definition = definition(journey, diagram);
        }

        @Nullable
        Step step(String id) {
            return steps.get(id);
        }

        private JourneyDefinition definition(Scenario.Journey journey, Diagram diagram) {
            List<JourneyDefinition.Edge> edges = new ArrayList<>();
            steps.values().forEach(step -> step.drawn
                    .flows()
                    .forEach(flow ->
                            edges.add(new JourneyDefinition.Edge(flow.id(), flow.from(), flow.to(), flow.name()))));
            return new JourneyDefinition(
                    journey.id(),
                    settings.version(),
                    journey.name(),
                    steps.values().stream().map(Step::defined).toList(),
                    edges,
                    settings.stages().stream()
                            .map(stage -> new JourneyDefinition.Stage(stage.id(), stage.name(), stage.nodes()))
                            .toList(),
                    settings.conversionEvent(),
                    settings.conversionFilter().stream()
                            .map(filter -> new JourneyDefinition.Condition(
                                    filter.attribute(), filter.op(), Values.exact(filter.value())))
                            .toList(),
                    settings.attributionWindow(),
                    journey.reentry() != null,
                    diagram.xml());
        }
    }

    /** A flow and where it leads. */
    record Way(Flow flow, Step to) {}

    static final class Step {
        private static final Scenario.Node PASSES_ON =
                new Scenario.Node(null, null, null, null, null, null, null, null);

        final Diagram.Step drawn;
        final Scenario.Node node;
        final @Nullable Channel channel;
        final @Nullable ExitReason exits;
        private final Map<String, Way> byOutcome = new LinkedHashMap<>();
        private List<Way> ways = List.of();

        Step(Diagram.Step drawn, Scenario.Version settings) {
            this.drawn = drawn;
            Scenario.Node given = settings.nodes().get(drawn.id());
            node = given == null ? PASSES_ON : given;
            channel = node.sends() == null ? null : new Channel(node.sends());
            exits = node.exits() == null ? null : ExitReason.ofWireName(node.exits());
        }

        private void link(Map<String, Step> steps) {
            List<Way> linked = new ArrayList<>();
            for (Flow flow : drawn.flows()) {
                Step to = steps.get(flow.to());
                if (to == null) {
                    throw new IllegalArgumentException("flow '" + flow.id() + "' leads outside of the process");
                }
                Way way = new Way(flow, to);
                linked.add(way);
                byOutcome.put(flow.id(), way);
            }
            linked.forEach(way -> byOutcome.put(way.flow.outcome(), way));
            ways = List.copyOf(linked);
        }

        String id() {
            return drawn.id();
        }

        List<Way> ways() {
            return ways;
        }

        Way way(String outcome) {
            Way way = byOutcome.get(outcome);
            return way == null ? ways.get(0) : way;
        }

        boolean joins() {
            return drawn.kind() == Kind.PARALLEL && drawn.incoming() > 1;
        }

        private JourneyDefinition.Node defined() {
            return new JourneyDefinition.Node(
                    drawn.id(),
                    drawn.name(),
                    type(),
                    node.sends() == null ? null : node.sends().channel());
        }

        private String type() {
            if (node.type() != null) {
                return node.type();
            }
            NodeType type =
                    switch (drawn.kind()) {
                        case START -> NodeType.TRIGGER;
                        case SEND -> NodeType.SEND;
                        case WAIT -> NodeType.WAIT;
                        case EVENT -> NodeType.WAIT_FOR_EVENT;
                        case DECISION -> drawn.flows().size() > 1 ? NodeType.DECISION : NodeType.JOIN;
                        case PARALLEL -> drawn.flows().size() > 1 ? NodeType.SPLIT : NodeType.JOIN;
                        case END -> NodeType.EXIT;
                        case ACTIVITY -> node.sends() == null ? NodeType.CUSTOM : NodeType.SEND;
                    };
            return type.wireName();
        }
    }
}
