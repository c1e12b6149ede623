package io.milepost.simulator.scenario;

import io.milepost.simulator.scenario.Diagram.Flow;
import io.milepost.simulator.scenario.Diagram.Kind;
import io.milepost.simulator.scenario.Diagram.Many;
import io.milepost.simulator.scenario.Diagram.Step;
import io.milepost.simulator.scenario.Scenario.Journey;
import io.milepost.simulator.scenario.Scenario.Node;
import io.milepost.simulator.scenario.Scenario.Version;
import io.milepost.spi.NodeType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The flow of a journey of which the nodes are written in the scenario instead of drawn in BPMN. */
final class WrittenNodes {

    private final YamlTree yaml;
    private final String path;
    private final Map<String, Node> nodes;
    private final WrittenScopes scopes;
    private final Map<String, Integer> incoming = new HashMap<>();

    /** @param path of the version in the file */
    WrittenNodes(YamlTree yaml, String path, Version version) {
        this.yaml = yaml;
        this.path = path;
        this.nodes = version.nodes();
        this.scopes = new WrittenScopes(yaml, path + ".nodes.", nodes);
    }

    Diagram read(Journey journey) {
        if (nodes.isEmpty()) {
            throw yaml.wrong(path, "should have bpmn, a file beside the scenario, or nodes with what comes next");
        }
        scopes.check();
        nodes.forEach((id, node) -> ways(node).forEach(way -> count(id, way)));
        Map<String, Step> steps = new LinkedHashMap<>();
        nodes.forEach((id, node) -> steps.put(id, step(id, node)));
        Map<String, Step> all = Collections.unmodifiableMap(steps);
        scopes.checkHosts(all);
        List<String> starts = Scopes.starts(all, null);
        reachesAll(all, starts);
        return new Diagram(journey.id(), all, starts, null);
    }

    private static List<Next.Way> ways(Node node) {
        return node.next() == null ? List.of() : node.next().ways();
    }

    private void count(String id, Next.Way way) {
        String at = path + ".nodes." + id + ".next" + (way.name() == null ? "" : "." + way.name());
        if (!nodes.containsKey(way.to())) {
            throw yaml.wrong(at, "there is no node '" + way.to() + "'; there are " + nodes.keySet());
        }
        scopes.checkWay(at, id, way.to());
        incoming.merge(way.to(), 1, Integer::sum);
    }

    private Step step(String id, Node node) {
        List<Flow> flows = new ArrayList<>();
        for (Next.Way way : ways(node)) {
            String flow = id + "/" + (way.name() == null ? way.to() : way.name());
            flows.add(new Flow(flow, way.name() == null ? null : way.name(), id, way.to()));
        }
        return new Step(
                id,
                node.name(),
                kind(id, node),
                flows,
                incoming.getOrDefault(id, 0),
                scopes.around(id),
                node.catches() == null ? node.raises() : node.catches(),
                node.on(),
                !Boolean.FALSE.equals(node.interrupts()),
                node.times() == null ? null : new Many(0, true),
                node.calls(),
                null,
                false,
                yaml.line(path + ".nodes." + id));
    }

    private Kind kind(String id, Node node) {
        NodeType type = node.type() == null ? null : NodeType.ofWireName(node.type());
        List<Next.Way> ways = ways(node);
        if (node.on() != null) {
            return Kind.BOUNDARY;
        } else if (scopes.isScope(id)) {
            return Kind.SUB_PROCESS;
        } else if (type == NodeType.TRIGGER) {
            return Kind.START;
        } else if (ways.isEmpty()) {
            return node.calls() == null ? Kind.END : Kind.CALL;
        } else if (type == NodeType.EXIT) {
            throw yaml.wrong(path + ".nodes." + id + ".next", "an exit is the last; give '" + id + "' another type");
        } else if (node.raises() != null) {
            return Kind.THROW;
        } else if (node.takes() != null) {
            return Kind.INCLUSIVE;
        } else if (node.calls() != null) {
            return Kind.CALL;
        } else if (ways.size() == 1) {
            return plain(type);
        }
        return ways.get(0).name() == null ? Kind.PARALLEL : Kind.DECISION;
    }

    private static Kind plain(@Nullable NodeType type) {
        if (type == NodeType.JOIN) {
            return Kind.PARALLEL;
        } else if (type == NodeType.WAIT) {
            return Kind.WAIT;
        } else if (type == NodeType.WAIT_FOR_EVENT) {
            return Kind.EVENT;
        }
        return type == NodeType.SEND ? Kind.SEND : Kind.ACTIVITY;
    }

    private void reachesAll(Map<String, Step> steps, List<String> starts) {
        if (starts.isEmpty()) {
            throw yaml.wrong(path + ".nodes", "no node is the first: each comes after another; give one type: trigger");
        }
        Set<String> reached = new HashSet<>(starts);
        Deque<String> left = new ArrayDeque<>(starts);
        while (!left.isEmpty()) {
            for (String next : after(steps, Objects.requireNonNull(steps.get(left.remove())))) {
                if (reached.add(next)) {
                    left.add(next);
                }
            }
        }
        for (String id : steps.keySet()) {
            if (!reached.contains(id)) {
                throw yaml.wrong(path + ".nodes." + id, "nothing leads to this node from " + starts);
            }
        }
    }

    /** Where its ways, the events on its boundary and, of a sub-process, its start lead. */
    private static Collection<String> after(Map<String, Step> steps, Step step) {
        List<String> next = new ArrayList<>();
        step.flows().forEach(flow -> next.add(flow.to()));
        steps.values().stream().filter(other -> step.id().equals(other.on())).forEach(event -> next.add(event.id()));
        if (step.kind() == Kind.SUB_PROCESS) {
            next.addAll(Scopes.starts(steps, step.id()));
        }
        return next;
    }
}
