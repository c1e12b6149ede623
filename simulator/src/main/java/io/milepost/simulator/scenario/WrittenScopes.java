package io.milepost.simulator.scenario;

import io.milepost.simulator.scenario.Diagram.Cause;
import io.milepost.simulator.scenario.Diagram.Kind;
import io.milepost.simulator.scenario.Diagram.Step;
import io.milepost.simulator.scenario.Diagram.Trigger;
import io.milepost.simulator.scenario.Scenario.Node;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sub-processes, and events on boundaries, of nodes that are written in the scenario. */
final class WrittenScopes {

    private static final Set<Kind> HAVE_BOUNDARIES =
            EnumSet.of(Kind.ACTIVITY, Kind.SEND, Kind.WAIT, Kind.EVENT, Kind.SUB_PROCESS, Kind.CALL, Kind.END);
    private static final Set<Cause> RAISED = EnumSet.of(Cause.ERROR, Cause.ESCALATION);

    private final YamlTree yaml;
    private final String path;
    private final Map<String, Node> nodes;
    private final Set<String> scopes = new HashSet<>();

    /** @param path of a node but for its id */
    WrittenScopes(YamlTree yaml, String path, Map<String, Node> nodes) {
        this.yaml = yaml;
        this.path = path;
        this.nodes = nodes;
        nodes.values().forEach(node -> {
            if (node.inside() != null) {
                scopes.add(node.inside());
            }
        });
    }

    /** Whether others are inside of it. */
    boolean isScope(String id) {
        return scopes.contains(id);
    }

    /** The sub-process it is in; an event on a boundary is where the node is that it sits on. Null = in none. */
    @Nullable
    String around(String id) {
        Node node = nodes.get(id);
        Node host = node == null || node.on() == null ? node : nodes.get(node.on());
        return host == null ? null : host.inside();
    }

    void check() {
        nodes.forEach((id, node) -> {
            exists(id, "inside", node.inside());
            exists(id, "on", node.on());
        });
        nodes.forEach((id, node) -> {
            if (node.on() == null) {
                isNoEvent(id, node);
            } else {
                event(id, node, node.on());
            }
            if (node.raises() != null) {
                raises(id, node, node.raises());
            }
            if (node.calls() != null) {
                goesOnPlainly(id, node, "a call");
            }
            if (isScope(id)) {
                scope(id, node);
            }
        });
    }

    private void exists(String id, String field, @Nullable String other) {
        require(
                other == null || nodes.containsKey(other),
                id + "." + field,
                "there is no node '" + other + "'; there are " + nodes.keySet());
    }

    private void isNoEvent(String id, Node node) {
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        given.put("catches", node.catches());
        given.put("interrupts", node.interrupts());
        given.put("happens", node.happens());
        given.forEach((field, value) ->
                require(value == null, id + "." + field, "is for an event on a node's boundary; say which with on"));
    }

    private void event(String id, Node node, String host) {
        require(
                Objects.requireNonNull(nodes.get(host)).on() == null && !isScope(id),
                id + ".on",
                "an event sits on what people do or wait for; '" + (isScope(id) ? id : host) + "' is "
                        + (isScope(id) ? "a sub-process" : "an event itself"));
        require(node.inside() == null, id + ".inside", "an event is where '" + host + "' is; leave it out");
        require(node.raises() == null, id + ".raises", "an event catches; let the node after it raise that");
        require(node.calls() == null, id + ".calls", "an event calls nobody; let the node after it");
        require(node.times() == null, id + ".times", "an event has no rounds; a timer such as R3/PT4H comes again");
        require(node.next() != null, id + ".next", "should say what comes after the event");
        goesOnPlainly(id, node, "an event");
        Trigger catches = node.catches();
        if (catches == null) {
            throw yaml.wrong(path + id, "should say what the event catches, such as {timer: P1D} or {error: DECLINED}");
        }
        boolean raised = RAISED.contains(catches.cause());
        require(
                catches.cause() == Cause.TIMER || node.happens() != null || raised && isRaised(host, catches),
                id,
                raised
                        ? "nothing inside '" + host + "' raises this; say so there, or with happens when it comes"
                        : "nobody tells it; say with happens when it comes, such as {odds: 0.3, after: PT5H}");
        require(
                catches.cause() != Cause.ERROR || !Boolean.FALSE.equals(node.interrupts()),
                id + ".interrupts",
                "an error always ends what it happens to");
    }

    private void goesOnPlainly(String id, Node node, String what) {
        boolean named = node.next() != null && node.next().ways().get(0).name() != null;
        require(
                !named && node.takes() == null && node.branches() == null && node.asks() == null,
                id + ".next",
                what + " decides nothing; let a node after it");
    }

    private boolean isRaised(String scope, Trigger caught) {
        return nodes.entrySet().stream()
                .anyMatch(node -> node.getValue().raises() != null
                        && caught.cause() == node.getValue().raises().cause()
                        && (caught.code() == null
                                || caught.code().equals(node.getValue().raises().code()))
                        && isIn(node.getKey(), scope));
    }

    private boolean isIn(String id, String scope) {
        String at = around(id);
        for (int depth = 0; at != null && depth < nodes.size(); depth++) {
            if (at.equals(scope)) {
                return true;
            }
            at = around(at);
        }
        return false;
    }

    private void raises(String id, Node node, Trigger raises) {
        require(
                RAISED.contains(raises.cause()),
                id + ".raises",
                "should be an error or an escalation, such as {error: DECLINED}");
        require(
                raises.cause() != Cause.ERROR || node.next() == null,
                id + ".next",
                "an error ends the way it is on; what catches it says what comes next");
        require(node.calls() == null && !"trigger".equals(node.type()), id + ".raises", "let a node of its own do it");
        require(node.exits() == null, id + ".exits", "what raises something does not end the journey as well");
        goesOnPlainly(id, node, "what raises something");
    }

    private void scope(String id, Node node) {
        String told = "'" + id + "' has nodes inside, and is no more than they are; give it to one of them";
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        given.put("sends", node.sends());
        given.put("stays", node.stays());
        given.put("outcomes", node.outcomes());
        given.put("fails", node.fails());
        given.put("exits", node.exits());
        given.put("calls", node.calls());
        given.put("raises", node.raises());
        given.forEach((field, value) -> require(value == null, id + "." + field, told));
        goesOnPlainly(id, node, "a sub-process");
    }

    /** A way stays in its sub-process, and does not lead to an event. */
    void checkWay(String at, String from, String to) {
        require(
                Objects.requireNonNull(nodes.get(to)).on() == null,
                at.substring(path.length()),
                "'" + to + "' is an event on a boundary: it comes by itself");
        String here = around(from);
        String there = around(to);
        require(
                Objects.equals(here, there),
                at.substring(path.length()),
                "'" + to + "' is " + place(there) + ", and '" + from + "' " + place(here)
                        + "; a way leads neither into a sub-process nor out of it");
    }

    private static String place(@Nullable String scope) {
        return scope == null ? "in no sub-process" : "inside '" + scope + "'";
    }

    /** Sub-processes begin somewhere; events sit on what can have some. */
    void checkHosts(Map<String, Step> steps) {
        scopes.forEach(scope -> require(
                !Scopes.starts(steps, scope).isEmpty(),
                scope,
                "no node inside is the first: each comes after another; give one type: trigger"));
        steps.values().forEach(step -> {
            Step host = step.on() == null ? null : steps.get(step.on());
            require(
                    host == null || HAVE_BOUNDARIES.contains(host.kind()) && !"exit".equals(type(host)),
                    step.id() + ".on",
                    "an event sits on what people do or wait for; '" + step.on() + "' is passed at once");
        });
    }

    private @Nullable String type(Step step) {
        return Objects.requireNonNull(nodes.get(step.id())).type();
    }

    private void require(boolean holds, String at, String message) {
        if (!holds) {
            throw yaml.wrong(path + at, message);
        }
    }
}
