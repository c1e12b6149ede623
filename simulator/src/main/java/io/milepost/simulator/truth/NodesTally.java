package io.milepost.simulator.truth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.milepost.spi.JourneyEvent.MessageEngaged;
import io.milepost.spi.JourneyEvent.OutcomeReached;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The measures of all nodes in one scope. */
final class NodesTally {

    private final Scope scope;
    private final Rows rows;
    private final Map<String, NodeTally> nodes = new TreeMap<>();
    private final Set<NodeTally> touched = new LinkedHashSet<>();

    NodesTally(Scope scope, Set<String> defined, Rows rows) {
        this.scope = scope;
        this.rows = rows;
        defined.forEach(id -> nodes.put(id, new NodeTally(id, rows)));
    }

    void add(long person, List<Entry> wanted) {
        for (Entry entry : wanted) {
            entry.visits().forEach(visit -> addVisit(person, entry, visit));
            String exitNode = entry.exitNode();
            if (exitNode != null && scope.counts(entry, entry.exitedAt())) {
                node(exitNode).addExit(entry);
            }
            for (OutcomeReached outcome : entry.outcomes) {
                if (scope.counts(entry, outcome.time())) {
                    node(outcome.nodeId()).addOutcome(person, entry, outcome.name(), outcome.time());
                }
            }
            entry.messages.forEach(message -> addMessage(person, entry, message));
        }
        touched.forEach(node -> node.close(person));
        touched.clear();
    }

    private void addVisit(long person, Entry entry, Visit visit) {
        if (scope.counts(entry, visit.enteredAt())) {
            node(visit.node()).addVisit(person, entry, visit);
        }
        if (scope.counts(entry, visit.leftAt())) {
            node(visit.node()).addLeft(person, entry, visit);
        }
    }

    private void addMessage(long person, Entry entry, Message message) {
        if (scope.counts(entry, message.time())) {
            node(message.ref().nodeId()).addMessage(person, entry, message);
        }
        if (message.sent()) {
            for (MessageEngaged event : message.engagements()) {
                if (scope.counts(entry, event.time())) {
                    node(message.ref().nodeId()).addEngagement(person, entry, message, event);
                }
            }
        }
    }

    private NodeTally node(String id) {
        NodeTally node = nodes.computeIfAbsent(id, key -> new NodeTally(key, rows));
        touched.add(node);
        return node;
    }

    ArrayNode json() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        nodes.values().forEach(node -> json.add(node.json()));
        return json;
    }
}
