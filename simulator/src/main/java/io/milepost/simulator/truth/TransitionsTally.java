package io.milepost.simulator.truth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.milepost.spi.JourneyEvent.NodeEntered;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How often each way was taken, in one scope: one transition for each visit. */
final class TransitionsTally {

    private record Way(@Nullable String from, String to, @Nullable String edgeId) {}

    private static final class Traffic {
        long count;
        final Distinct users = new Distinct();
    }

    private static final Comparator<@Nullable String> NULL_FIRST = Comparator.nullsFirst(Comparator.naturalOrder());

    private final Scope scope;
    private final Map<Way, Traffic> ways = new TreeMap<>(
            Comparator.comparing(Way::from, NULL_FIRST).thenComparing(Way::to).thenComparing(Way::edgeId, NULL_FIRST));

    TransitionsTally(Scope scope) {
        this.scope = scope;
    }

    void add(long person, List<Entry> wanted) {
        for (Entry entry : wanted) {
            @Nullable String before = null;
            for (Visit visit : entry.visits()) {
                if (scope.counts(entry, visit.enteredAt())) {
                    Traffic traffic = ways.computeIfAbsent(way(visit, before), way -> new Traffic());
                    traffic.count++;
                    traffic.users.add(person);
                }
                before = visit.node();
            }
        }
    }

    private static Way way(Visit visit, @Nullable String before) {
        NodeEntered entered = visit.entered;
        if (entered == null) {
            return new Way(before, visit.node(), null);
        }
        return new Way(entered.fromNodeId() == null ? before : entered.fromNodeId(), visit.node(), entered.edgeId());
    }

    ArrayNode json() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        ways.forEach((way, traffic) -> json.addObject()
                .put("from", way.from)
                .put("to", way.to)
                .put("edgeId", way.edgeId)
                .put("count", traffic.count)
                .put("users", traffic.users.count()));
        return json;
    }
}
