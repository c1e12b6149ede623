package io.milepost.spi;

import java.time.Duration;
import java.util.ArrayList;
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
 * @since 0.1
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

    /** Starts a definition of that version, 1 or more, with nothing in it yet. */
    public static Builder of(String journeyId, long version) {
        return new Builder(journeyId, version);
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

    /**
     * Not for several threads.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final String journeyId;
        private final long version;
        private final List<Node> nodes = new ArrayList<>();
        private final List<Edge> edges = new ArrayList<>();
        private final List<Stage> stages = new ArrayList<>();
        private final List<Condition> filter = new ArrayList<>();
        private @Nullable String name;
        private @Nullable String conversionEvent;
        private @Nullable Duration window;
        private @Nullable Boolean reentry;
        private @Nullable String bpmn;

        private Builder(String journeyId, long version) {
            this.journeyId = journeyId;
            this.version = version;
        }

        public Builder named(@Nullable String journeyName) {
            name = journeyName;
            return this;
        }

        public Builder node(String id, NodeType type) {
            return node(id, null, type, null);
        }

        public Builder node(String id, @Nullable String nodeName, NodeType type, @Nullable String channel) {
            nodes.add(new Node(id, nodeName, type.wireName(), channel));
            return this;
        }

        public Builder edge(String from, String to) {
            return edge(null, from, to, null);
        }

        public Builder edge(@Nullable String id, String from, String to, @Nullable String edgeName) {
            edges.add(new Edge(id, from, to, edgeName));
            return this;
        }

        /** The next row of the funnel. */
        public Builder stage(String id, @Nullable String stageName, String... nodeIds) {
            stages.add(new Stage(id, stageName, List.of(nodeIds)));
            return this;
        }

        /** The user event that converts. */
        public Builder convertsOn(@Nullable String userEvent) {
            conversionEvent = userEvent;
            return this;
        }

        /** One more condition the converting event must meet. */
        public Builder when(String attribute, Operator op, Object value) {
            filter.add(new Condition(attribute, op, value));
            return this;
        }

        /** How long after its exit an entry can still be converted, in whole seconds; null = without limit. */
        public Builder within(@Nullable Duration attributionWindow) {
            window = attributionWindow;
            return this;
        }

        public Builder reentry(@Nullable Boolean allowed) {
            reentry = allowed;
            return this;
        }

        public Builder bpmn(@Nullable String xml) {
            bpmn = xml;
            return this;
        }

        public JourneyDefinition build() {
            return new JourneyDefinition(
                    journeyId, version, name, nodes, edges, stages, conversionEvent, filter, window, reentry, bpmn);
        }
    }
}
