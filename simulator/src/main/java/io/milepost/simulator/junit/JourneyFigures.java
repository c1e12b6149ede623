package io.milepost.simulator.junit;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The figures of a journey, by their names in the interface; nested ones by path, e.g. {@code exitsByReason.completed}.
 *
 * @param nodes one object a node
 */
public record JourneyFigures(JsonNode summary, JsonNode nodes) {

    /** A count of the journey; 0 where there is nothing to show under that path. */
    public long count(String measure) {
        return at(summary, measure).asLong();
    }

    /** A count of a node. */
    public long count(String node, String measure) {
        for (JsonNode one : nodes) {
            if (one.path("nodeId").asText().equals(node)) {
                return at(one, measure).asLong();
            }
        }
        throw new IllegalArgumentException("there is no node '" + node + "'");
    }

    private static JsonNode at(JsonNode figures, String path) {
        JsonNode at = figures;
        for (String step : path.split("\\.", -1)) {
            at = at.path(step);
        }
        return at;
    }
}
