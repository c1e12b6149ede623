package io.milepost.analytics.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milepost.analytics.reference.FigureRequest.Bucket;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Every figure from all accepted events at once, slowly: each question walks over everything again. Answers in the shapes of
 * the HTTP interface, without freshness.
 *
 * <p>Takes valid events only, as CloudEvents JSON; an event given twice counts once. Immutable.
 */
public final class ReferenceEvaluator {

    private final ReferenceFacts facts;

    public ReferenceEvaluator(Collection<String> acceptedEvents) {
        facts = new ReferenceFacts(acceptedEvents);
    }

    /** Journeys that have a definition, an entry or a rejected entry. */
    public List<String> journeys() {
        return facts.journeys();
    }

    /** Whether the journey, and the node where one is named, are known at all: else there is nothing to answer. */
    public boolean knows(FigureRequest request) {
        String journeyId = request.journeyId();
        String nodeId = request.nodeId();
        return journeys().contains(journeyId)
                && (nodeId == null
                        || definedNodes(journeyId).containsKey(nodeId)
                        || facts.nodesSeen(journeyId).anyMatch(nodeId::equals));
    }

    public ObjectNode figures(FigureRequest request) {
        String journeyId = request.journeyId();
        ReferenceQuery query = request.query();
        return switch (request.figure()) {
            case SUMMARY -> summary(journeyId, query);
            case NODES -> nodes(journeyId, query);
            case TRANSITIONS -> transitions(journeyId, query);
            case STAGES -> stages(journeyId, query);
            case SERIES ->
                series(
                        journeyId,
                        query,
                        Objects.requireNonNull(request.measure()),
                        Objects.requireNonNull(request.bucket()),
                        request.nodeId());
        };
    }

    public ObjectNode summary(String journeyId, ReferenceQuery query) {
        return new SummaryFigures(facts, journeyId, query).json();
    }

    /** All nodes of the definitions, the newest version's first, then those only seen in events, by id. */
    public ObjectNode nodes(String journeyId, ReferenceQuery query) {
        Map<String, JsonNode> known = definedNodes(journeyId);
        facts.nodesSeen(journeyId)
                .filter(nodeId -> !known.containsKey(nodeId))
                .sorted(SeenEvent.CODE_POINTS)
                .toList()
                .forEach(nodeId -> known.put(nodeId, MissingNode.getInstance()));
        Scope scope = new Scope(facts, journeyId, query);
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("nodes");
        known.forEach((nodeId, definition) -> list.add(new NodeFigures(scope, nodeId).json(definition)));
        return answer;
    }

    private Map<String, JsonNode> definedNodes(String journeyId) {
        Map<String, JsonNode> nodes = new LinkedHashMap<>();
        facts.definitions(journeyId).descendingMap().values().forEach(definition -> Json.elements(
                        definition.path("nodes"))
                .forEach(node -> nodes.putIfAbsent(node.path("id").asText(), node)));
        return nodes;
    }

    public ObjectNode transitions(String journeyId, ReferenceQuery query) {
        return new FlowFigures(new Scope(facts, journeyId, query)).transitions();
    }

    /** Always by cohort. */
    public ObjectNode stages(String journeyId, ReferenceQuery query) {
        JsonNode newest = facts.definitions(journeyId).descendingMap().values().stream()
                .map(definition -> definition.path("stages"))
                .filter(stages -> !stages.isEmpty())
                .findFirst()
                .orElse(MissingNode.getInstance());
        return new FlowFigures(new Scope(facts, journeyId, query.withBasis(false))).stages(newest);
    }

    /** @param measure a path into the summary, or into the node's figures where a node is named */
    public ObjectNode series(
            String journeyId, ReferenceQuery query, String measure, Bucket bucket, @Nullable String nodeId) {
        return new SeriesFigures(query, bucket)
                .json(facts.times(journeyId), part -> at(measure, figure(journeyId, part, nodeId)));
    }

    private ObjectNode figure(String journeyId, ReferenceQuery part, @Nullable String nodeId) {
        return nodeId == null
                ? summary(journeyId, part)
                : new NodeFigures(new Scope(facts, journeyId, part), nodeId).json(MissingNode.getInstance());
    }

    private static JsonNode at(String measure, JsonNode figures) {
        JsonNode value = figures;
        for (String step : measure.split("\\.", -1)) {
            value = value.path(step);
        }
        return value;
    }

    public ObjectNode mep(YearMonth month, ZoneId zone) {
        return new EngagedPersons(facts, month, zone).json();
    }

    /** One row a person: who, when engaged and billed, by which journey. */
    public List<EngagedPersons.Row> mepReport(YearMonth month, ZoneId zone) {
        return new EngagedPersons(facts, month, zone).report();
    }
}
