package io.milepost.spi;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one version of a journey looks like and how its conversions count.
 *
 * @param version 1 or more
 * @param nodes in the order in which figures are listed
 * @param stages the funnel, first stage first; empty = none
 * @param conversionEvent name of the user event that converts an entry; null = nothing converts
 * @param conversionFilter all conditions must hold for an event to convert
 * @param attributionWindow how long after its exit an entry can still be converted; null = without limit, zero = not at all
 * @param reentry whether a user may enter more than once; null = not said
 * @param bpmn BPMN 2.0 XML, or null
 */
public record JourneyDefinition(
        String journeyId,
        long version,
        @Nullable String name,
        List<Node> nodes,
        List<Edge> edges,
        List<Stage> stages,
        @Nullable String conversionEvent,
        List<Condition> conversionFilter,
        @Nullable Duration attributionWindow,
        @Nullable Boolean reentry,
        @Nullable String bpmn) {

    public JourneyDefinition {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        stages = List.copyOf(stages);
        conversionFilter = List.copyOf(conversionFilter);
    }

    /**
     * A step of the journey.
     *
     * @param type one of trigger, send, wait, wait-for-event, decision, split, join, update, webhook, menu, goal, exit, custom
     * @param channel of a send node, e.g. {@code email}; null = none
     */
    public record Node(String id, @Nullable String name, String type, @Nullable String channel) {}

    /** A sequence flow from one node to another. */
    public record Edge(@Nullable String id, String from, String to, @Nullable String name) {}

    /** A named group of nodes, one row of the funnel. */
    public record Stage(String id, @Nullable String name, List<String> nodes) {
        public Stage {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * A condition on an attribute of the converting user event.
     *
     * @param value a String, Boolean or BigDecimal; for {@link Operator#IN} a List of those. An absent attribute, or one
     *     of another JSON type, fails every operator. Numbers compare by value
     */
    public record Condition(String attribute, Operator op, Object value) {}

    public enum Operator {
        EQ,
        NE,
        GT,
        GTE,
        LT,
        LTE,
        IN
    }
}
