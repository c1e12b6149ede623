package io.milepost.simulator.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the figures of one scope should be, in the shapes of the interface. Grows as people are added. */
public final class Expectation {

    private final Scope scope;
    private final boolean whole;
    private final SummaryTally summary;
    private final NodesTally nodes;
    private final TransitionsTally transitions;
    private final StagesTally stages;
    private final Map<ListName, Fingerprint> lists = new LinkedHashMap<>();

    /**
     * @param whole whether more than the summary is wanted
     * @param lists whether what is behind the figures is wanted too: null = no, true = also of nodes
     */
    Expectation(Scope scope, Definitions definitions, boolean whole, @Nullable Boolean lists) {
        this(scope, definitions, whole, lists, Rows.NONE);
    }

    /** @param rows is told what is behind the figures */
    Expectation(Scope scope, Definitions definitions, Rows rows) {
        this(scope, definitions, true, null, rows);
    }

    private Expectation(Scope scope, Definitions definitions, boolean whole, @Nullable Boolean withNodes, Rows given) {
        this.scope = scope;
        this.whole = whole;
        Rows rows = withNodes == null
                ? given
                : new Rows((list, row) ->
                        lists.computeIfAbsent(list, name -> new Fingerprint()).add(row));
        summary = new SummaryTally(scope, rows);
        nodes = new NodesTally(
                scope, definitions.nodes(scope.journeyId()), Boolean.FALSE.equals(withNodes) ? Rows.NONE : rows);
        transitions = new TransitionsTally(scope);
        stages = new StagesTally(scope, definitions.stages(scope.journeyId()));
    }

    void add(long person, Facts facts) {
        if (!facts.touches(scope)) {
            return;
        }
        List<Entry> wanted = facts.entries().stream().filter(scope::wants).toList();
        summary.add(person, wanted, facts.rejections());
        if (!whole) {
            return;
        }
        nodes.add(person, wanted);
        transitions.add(person, wanted);
        stages.add(wanted);
    }

    public Scope scope() {
        return scope;
    }

    public ObjectNode summary() {
        return summary.json();
    }

    public ArrayNode nodes() {
        return nodes.json();
    }

    public ArrayNode transitions() {
        return transitions.json();
    }

    public ArrayNode stages() {
        return stages.json();
    }

    /** What is behind the figures, where that was wanted: each list that has a row. */
    public Map<ListName, Fingerprint> lists() {
        return lists;
    }

    /**
     * A point of a series: one measure of the summary, or of a node.
     *
     * @param measure with dots into nested figures, e.g. {@code engagements.clicked.users}
     * @return null where nothing is counted under that path
     */
    public @Nullable JsonNode figure(String measure, @Nullable String nodeId) {
        JsonNode at = summaryOrNode(nodeId);
        for (String step : measure.split("\\.", -1)) {
            at = at.path(step);
        }
        return at.isMissingNode() ? null : at;
    }

    private JsonNode summaryOrNode(@Nullable String nodeId) {
        if (nodeId == null) {
            return summary();
        }
        for (JsonNode node : nodes()) {
            if (node.path("nodeId").asText().equals(nodeId)) {
                return node;
            }
        }
        throw new IllegalArgumentException("no node '" + nodeId + "'");
    }
}
