package io.milepost.simulator.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes after a node that is written in the scenario: {@code next: mail}; several at once, {@code next: [mail, call]};
 * or one of several ways by their names, {@code next: {yes: mail, no: call}}.
 *
 * @param ways one at least
 */
public record Next(List<Way> ways) {

    /** @param name null = it has none */
    public record Way(@Nullable String name, String to) {}

    public Next {
        ways = List.copyOf(ways);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Next read(JsonNode node) {
        List<Way> ways = new ArrayList<>();
        if (node.isObject()) {
            node.properties().forEach(way -> ways.add(new Way(way.getKey(), id(way.getValue()))));
        } else if (node.isArray()) {
            node.forEach(to -> ways.add(new Way(null, id(to))));
        } else {
            ways.add(new Way(null, id(node)));
        }
        if (ways.isEmpty()) {
            throw new IllegalArgumentException("should name a node at least; leave it out where the journey ends");
        }
        return new Next(ways);
    }

    private static String id(JsonNode node) {
        if (!node.isValueNode() || node.isNull()) {
            throw new IllegalArgumentException(
                    "should be the id of a node, a list of ids, or ways such as {yes: mail, no: call}");
        }
        return node.asText();
    }
}
