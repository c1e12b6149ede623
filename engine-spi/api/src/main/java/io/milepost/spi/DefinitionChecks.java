package io.milepost.spi;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of the vocabulary for a whole definition. */
final class DefinitionChecks {
    private DefinitionChecks() {}

    static void check(@Nullable JourneyDefinition given) {
        JourneyDefinition definition = Checks.present("definition", given);
        Checks.id("journeyId", definition.journeyId());
        Checks.atLeast("version", 1, definition.version());
        Checks.optionalText("name", definition.name());
        definition.nodes().forEach(DefinitionChecks::node);
        definition.edges().forEach(DefinitionChecks::edge);
        definition.stages().forEach(DefinitionChecks::stage);
        Checks.optionalId("conversionEvent", definition.conversionEvent());
        definition.conversionFilter().forEach(DefinitionChecks::condition);
        window(definition.attributionWindow());
        Checks.optionalText("bpmn", definition.bpmn());
    }

    private static void node(JourneyDefinition.Node node) {
        Checks.id("nodes.id", node.id());
        Checks.optionalText("nodes.name", node.name());
        if (NodeType.ofWireName(Checks.present("nodes.type", node.type())) == null) {
            throw new IllegalArgumentException("nodes.type must be one of " + List.of(NodeType.values()));
        }
        Checks.optionalWord("nodes.channel", node.channel());
    }

    private static void edge(JourneyDefinition.Edge edge) {
        Checks.optionalId("edges.id", edge.id());
        Checks.id("edges.from", edge.from());
        Checks.id("edges.to", edge.to());
        Checks.optionalText("edges.name", edge.name());
    }

    private static void stage(JourneyDefinition.Stage stage) {
        Checks.id("stages.id", stage.id());
        Checks.optionalText("stages.name", stage.name());
        stage.nodes().forEach(node -> Checks.id("stages.nodes", node));
    }

    private static void condition(JourneyDefinition.Condition condition) {
        Checks.text("conversionFilter.attribute", condition.attribute());
        Checks.present("conversionFilter.op", condition.op());
        if (condition.op() == JourneyDefinition.Operator.IN) {
            if (!(condition.value() instanceof List<?> values)
                    || !values.stream().allMatch(DefinitionChecks::isScalar)) {
                throw new IllegalArgumentException(
                        "conversionFilter.value of in must be a List of String, Boolean and BigDecimal");
            }
        } else if (!isScalar(condition.value())) {
            throw new IllegalArgumentException("conversionFilter.value must be a String, Boolean or BigDecimal");
        }
    }

    private static boolean isScalar(@Nullable Object value) {
        return value instanceof String || value instanceof Boolean || value instanceof BigDecimal;
    }

    private static void window(@Nullable Duration window) {
        if (window != null && (window.isNegative() || window.getNano() != 0)) {
            throw new IllegalArgumentException("attributionWindow must be whole seconds, zero or more");
        }
    }
}
