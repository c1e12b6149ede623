package io.milepost.analytics.reference;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milepost.analytics.reference.ReferenceFacts.Entry;
import io.milepost.analytics.reference.ReferenceFacts.Visit;
import io.milepost.analytics.reference.Scope.VisitOf;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Transitions between nodes, and stages. */
final class FlowFigures {

    private record Transition(@Nullable String from, String to, @Nullable String edgeId) {}

    private final Scope scope;

    FlowFigures(Scope scope) {
        this.scope = scope;
    }

    ObjectNode transitions() {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("transitions");
        scope.visits()
                .collect(groupingBy(FlowFigures::transition, LinkedHashMap::new, toList()))
                .forEach((transition, visits) -> list.addObject()
                        .put("from", transition.from())
                        .put("to", transition.to())
                        .put("edgeId", transition.edgeId())
                        .put("count", visits.size())
                        .put(
                                "users",
                                visits.stream()
                                        .map(at -> at.entry().userId())
                                        .distinct()
                                        .count()));
        return answer;
    }

    private static Transition transition(VisitOf at) {
        Visit visit = at.visit();
        String from = visit.fromNodeId();
        int place = at.entry().visits().indexOf(visit);
        if (from == null && place > 0) {
            from = at.entry().visits().get(place - 1).nodeId();
        }
        return new Transition(from, visit.nodeId(), visit.edgeId());
    }

    /** @param stages the list of the newest version that has any, or a missing node */
    ObjectNode stages(JsonNode stages) {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("stages");
        for (int place = 0; place < stages.size(); place++) {
            list.add(stage(stages, place));
        }
        return answer;
    }

    private ObjectNode stage(JsonNode stages, int place) {
        Set<String> own = nodes(stages.get(place));
        Set<String> further = new HashSet<>();
        for (int later = place + 1; later < stages.size(); later++) {
            further.addAll(nodes(stages.get(later)));
        }
        boolean last = place == stages.size() - 1;
        List<Entry> entering =
                scope.entries().filter(entry -> firstVisit(entry, own) >= 0).toList();
        Predicate<Entry> completing = entry -> last ? finished(entry) : reaches(entry, firstVisit(entry, own), further);
        Set<String> entered = users(entering, entry -> true);
        Set<String> completed = users(entering, completing);
        Set<String> waiting = users(entering, Entry::active);
        waiting.removeAll(completed);
        Set<String> dropped = new HashSet<>(entered);
        dropped.removeAll(completed);
        dropped.removeAll(waiting);
        return Json.object()
                .put("id", SeenEvent.text(stages.get(place), "id"))
                .put("name", SeenEvent.text(stages.get(place), "name"))
                .put("enteredUsers", entered.size())
                .put("completedUsers", completed.size())
                .put("waitingUsers", waiting.size())
                .put("droppedUsers", dropped.size())
                .<ObjectNode>set("conversionRate", Shapes.rate(completed, entered))
                .set("dropOffRate", Shapes.rate(dropped, entered));
    }

    private static Set<String> nodes(JsonNode stage) {
        return Json.elements(stage.path("nodes")).map(JsonNode::asText).collect(toSet());
    }

    /** The place of the first visit to one of the nodes among the entry's visits, or -1. */
    private static int firstVisit(Entry entry, Set<String> nodes) {
        for (int place = 0; place < entry.visits().size(); place++) {
            if (nodes.contains(entry.visits().get(place).nodeId())) {
                return place;
            }
        }
        return -1;
    }

    private static boolean reaches(Entry entry, int after, Set<String> nodes) {
        return entry.visits().stream().skip(after + 1L).anyMatch(visit -> nodes.contains(visit.nodeId()));
    }

    private static boolean finished(Entry entry) {
        return entry.converted()
                || (entry.departure() != null && entry.departure().reason().equals("completed"));
    }

    private static Set<String> users(List<Entry> entries, Predicate<Entry> which) {
        return entries.stream().filter(which).map(Entry::userId).collect(toSet());
    }
}
