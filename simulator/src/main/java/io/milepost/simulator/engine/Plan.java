package io.milepost.simulator.engine;

import io.milepost.simulator.channel.Channel;
import io.milepost.simulator.scenario.Diagram;
import io.milepost.simulator.scenario.Diagram.Cause;
import io.milepost.simulator.scenario.Diagram.Flow;
import io.milepost.simulator.scenario.Diagram.Kind;
import io.milepost.simulator.scenario.LoadedScenario;
import io.milepost.simulator.scenario.Scenario;
import io.milepost.simulator.scenario.Scopes;
import io.milepost.spi.ExitReason;
import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.NodeType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A journey of the scenario made ready to run: nodes linked to their flows and behaviour. */
final class Plan {

    final Scenario.Journey journey;
    /** Of the journey, as everybody else gets to know it. */
    final String id;

    final List<Version> versions;

    Plan(String prefix, Scenario.Journey journey, LoadedScenario loaded) {
        this.journey = journey;
        this.id = prefix + journey.id();
        this.versions = journey.versions().stream()
                .map(version -> new Version(id, journey, version, loaded.diagram(version)))
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
        final JourneyDefinition definition;
        private final Map<String, Step> steps = new LinkedHashMap<>();
        final String process;
        private final List<Step> starts;
        private final Map<@Nullable String, List<Step>> beside = new HashMap<>();
        private final Map<String, Set<String>> reach = new ConcurrentHashMap<>();

        Version(String id, Scenario.Journey journey, Scenario.Version settings, Diagram diagram) {
            this.settings = settings;
            this.process = diagram.process();
            diagram.steps().values().forEach(drawn -> steps.put(drawn.id(), new Step(drawn, settings)));
            steps.values().forEach(step -> step.link(diagram, steps));
            starts = diagram.starts().stream().map(this::known).toList();
            diagram.steps().values().stream()
                    .filter(step -> step.kind() == Kind.EVENT_SUB_PROCESS)
                    .forEach(step -> beside.computeIfAbsent(step.inside(), scope -> new ArrayList<>(1))
                            .add(known(step.id())));
            definition = definition(id, journey, diagram);
        }

        private Step known(String id) {
            return Objects.requireNonNull(steps.get(id), id);
        }

        /** Where a scope begins. */
        List<Step> starts(@Nullable String scope) {
            return scope == null ? starts : known(scope).starts();
        }

        /** The event sub-processes of a scope. */
        List<Step> beside(@Nullable String scope) {
            return beside.getOrDefault(scope, List.of());
        }

        boolean isInclusive(String id) {
            Step step = steps.get(id);
            return step != null && step.drawn.kind() == Kind.INCLUSIVE;
        }

        /** Whether a token at the one may come to the other. */
        boolean leads(Step from, Step to) {
            return reach.computeIfAbsent(from.id(), id -> reachOf(from)).contains(to.id());
        }

        private static Set<String> reachOf(Step from) {
            Set<String> reached = new HashSet<>();
            Deque<Step> next = new ArrayDeque<>(List.of(from));
            while (!next.isEmpty()) {
                Step at = next.remove();
                List<Step> ahead = new ArrayList<>(at.boundaries());
                at.ways().forEach(way -> ahead.add(way.to()));
                for (Step step : ahead) {
                    if (reached.add(step.id())) {
                        next.add(step);
                    }
                }
            }
            return reached;
        }

        @Nullable
        Step step(String id) {
            return steps.get(id);
        }

        private JourneyDefinition definition(String id, Scenario.Journey journey, Diagram diagram) {
            List<JourneyDefinition.Edge> edges = new ArrayList<>();
            steps.values().forEach(step -> step.drawn.flows().stream()
                    .filter(flow -> flow.id() != null)
                    .forEach(flow ->
                            edges.add(new JourneyDefinition.Edge(flow.id(), flow.from(), flow.to(), flow.name()))));
            return new JourneyDefinition(
                    id,
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
        private static final Scenario.Node PASSES_ON = new Scenario.Node(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null);

        final Diagram.Step drawn;
        final Scenario.Node node;
        final @Nullable Channel channel;
        final @Nullable ExitReason exits;
        private final Map<String, Way> byOutcome = new LinkedHashMap<>();
        private List<Way> ways = List.of();
        private List<Step> starts = List.of();
        private List<Step> boundaries = List.of();
        private @Nullable Step undoneBy;
        private boolean raced;

        Step(Diagram.Step drawn, Scenario.Version settings) {
            this.drawn = drawn;
            Scenario.Node given = settings.nodes().get(drawn.id());
            node = given == null ? PASSES_ON : given;
            channel = node.sends() == null ? null : new Channel(node.sends());
            exits = node.exits() == null ? null : ExitReason.ofWireName(node.exits());
        }

        private void link(Diagram diagram, Map<String, Step> steps) {
            List<Way> linked = new ArrayList<>();
            for (Flow flow : drawn.flows()) {
                Step to = steps.get(flow.to());
                if (to == null) {
                    throw new IllegalArgumentException("flow '" + flow.id() + "' leads outside of the process");
                }
                to.raced |= drawn.kind() == Kind.RACE;
                Way way = new Way(flow, to);
                linked.add(way);
                if (flow.id() != null) {
                    byOutcome.put(flow.id(), way);
                }
            }
            linked.forEach(way -> byOutcome.put(way.flow.outcome(), way));
            ways = List.copyOf(linked);
            starts = drawn.kind() == Kind.SUB_PROCESS || drawn.kind() == Kind.EVENT_SUB_PROCESS
                    ? Scopes.starts(diagram.steps(), drawn.id()).stream()
                            .map(steps::get)
                            .toList()
                    : List.of();
            boundaries = steps.values().stream()
                    .filter(other -> drawn.id().equals(other.drawn.on()))
                    .toList();
            undoneBy = boundaries.stream()
                    .filter(other -> other.drawn.waitsFor(Cause.COMPENSATION) && other.drawn.handler() != null)
                    .map(other -> steps.get(other.drawn.handler()))
                    .findFirst()
                    .orElse(null);
        }

        /** Whether it is only reached once its event has come. */
        boolean isRaced() {
            return raced;
        }

        /** Where a sub-process begins; empty for any other step. */
        List<Step> starts() {
            return starts;
        }

        /** The events on its boundary. */
        List<Step> boundaries() {
            return boundaries;
        }

        /** What compensation does about it. */
        @Nullable
        Step undoneBy() {
            return undoneBy;
        }

        /** Of the error or escalation it throws or catches; null = any. */
        @Nullable
        String code() {
            return drawn.trigger() == null ? null : drawn.trigger().code();
        }

        boolean catches(Cause cause, @Nullable String code) {
            return drawn.waitsFor(cause) && (code() == null || code().equals(code));
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
            return (drawn.kind() == Kind.PARALLEL || drawn.kind() == Kind.INCLUSIVE) && drawn.incoming() > 1;
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
                        case EVENT, RACE -> NodeType.WAIT_FOR_EVENT;
                        case BOUNDARY -> drawn.waitsFor(Cause.TIMER) ? NodeType.WAIT : NodeType.WAIT_FOR_EVENT;
                        case DECISION, INCLUSIVE -> drawn.flows().size() > 1 ? NodeType.DECISION : NodeType.JOIN;
                        case PARALLEL -> drawn.flows().size() > 1 ? NodeType.SPLIT : NodeType.JOIN;
                        case END, TERMINATE -> NodeType.EXIT;
                        case ACTIVITY, THROW, COMPENSATE, SUB_PROCESS, EVENT_SUB_PROCESS, CALL ->
                            node.sends() == null ? NodeType.CUSTOM : NodeType.SEND;
                    };
            return type.wireName();
        }
    }
}
