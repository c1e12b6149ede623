package io.milepost.analytics.api;

import io.micronaut.http.uri.UriBuilder;
import io.milepost.spi.JourneyDefinition;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

@Schema(name = "Journey", description = "How a journey is defined.")
record JourneyAnswer(
        @Schema(description = "The journey's id.", example = "onboarding") String id,
        @Schema(description = "Name of the newest version here that has one.", example = "Onboarding") @Nullable
                String name,
        @Schema(description = "The definitions by version; none where only events of entries are known.")
                List<Version> versions,
        FreshnessAnswer freshness) {

    static JourneyAnswer of(String journeyId, List<JourneyDefinition> definitions, FreshnessAnswer freshness) {
        String name = definitions.stream()
                .map(JourneyDefinition::name)
                .filter(Objects::nonNull)
                .reduce((older, newer) -> newer)
                .orElse(null);
        return new JourneyAnswer(
                journeyId, name, definitions.stream().map(Version::of).toList(), freshness);
    }

    @Schema(name = "JourneyVersion", description = "One version of a journey: its steps and settings.")
    record Version(
            @Schema(description = "Its number.", example = "1") long version,
            @Schema(description = "The journey's name in this version.", example = "Onboarding") @Nullable String name,
            @Schema(description = "The steps, in the order in which figures list them.") List<Node> nodes,
            @Schema(description = "The flows between them.") List<Edge> edges,
            @Schema(description = "The funnel, first stage first; empty where there is none.") List<Stage> stages,
            @Schema(
                            description = "Name of the user event that converts an entry; null where nothing converts.",
                            example = "purchase")
                    @Nullable
                    String conversionEvent,
            @Schema(description = "Conditions on that event's attributes, all of which must hold.")
                    List<Condition> conversionFilter,
            @Schema(
                            description = "How long after its exit an entry can still be converted, as an ISO 8601"
                                    + " duration; null: without limit.",
                            example = "PT24H",
                            type = "string",
                            format = "duration")
                    @Nullable
                    Duration attributionWindow,
            @Schema(description = "Whether a user may enter more than once; null where not said.", example = "true")
                    @Nullable
                    Boolean reentry,
            @Schema(
                            description = "Path of the BPMN 2.0 diagram; null where there is none.",
                            example = "/v1/journeys/onboarding/versions/1/bpmn")
                    @Nullable
                    String bpmn) {

        static Version of(JourneyDefinition definition) {
            return new Version(
                    definition.version(),
                    definition.name(),
                    definition.nodes().stream().map(Node::of).toList(),
                    definition.edges().stream().map(Edge::of).toList(),
                    definition.stages().stream().map(Stage::of).toList(),
                    definition.conversionEvent(),
                    definition.conversionFilter().stream().map(Condition::of).toList(),
                    definition.attributionWindow(),
                    definition.reentry(),
                    definition.bpmn() == null ? null : bpmnPath(definition));
        }

        private static String bpmnPath(JourneyDefinition definition) {
            return UriBuilder.of("/v1/journeys/{journeyId}/versions/{version}/bpmn")
                    .expand(Map.of("journeyId", definition.journeyId(), "version", definition.version()))
                    .getRawPath();
        }
    }

    @Schema(name = "Node", description = "A step.")
    record Node(
            @Schema(description = "Its id.", example = "welcome-push") String id,
            @Schema(description = "Its name.", example = "Welcome push") @Nullable String name,
            @Schema(description = "What kind of step it is.", example = "send") String type,
            @Schema(description = "The channel it sends by.", example = "push") @Nullable String channel) {

        static Node of(JourneyDefinition.Node node) {
            return new Node(node.id(), node.name(), node.type(), node.channel());
        }
    }

    @Schema(name = "Edge", description = "A flow from one step to another.")
    record Edge(
            @Schema(description = "Its id.", example = "flow-2") @Nullable String id,
            @Schema(description = "The step it leaves.", example = "welcome-push") String from,
            @Schema(description = "The step it reaches.", example = "wait-1") String to,
            @Schema(description = "Its name.", example = "yes") @Nullable String name) {

        static Edge of(JourneyDefinition.Edge edge) {
            return new Edge(edge.id(), edge.from(), edge.to(), edge.name());
        }
    }

    @Schema(name = "Stage", description = "A named group of steps: one row of the funnel.")
    record Stage(
            @Schema(description = "Its id.", example = "welcome") String id,
            @Schema(description = "Its name.", example = "Welcome") @Nullable String name,
            @Schema(description = "Ids of its steps.", example = "[\"welcome-push\"]") List<String> nodes) {

        static Stage of(JourneyDefinition.Stage stage) {
            return new Stage(stage.id(), stage.name(), stage.nodes());
        }
    }

    @Schema(name = "Condition", description = "A condition on an attribute of the converting event.")
    record Condition(
            @Schema(description = "The attribute.", example = "category") String attribute,
            @Schema(
                            description = "How the attribute is compared.",
                            example = "eq",
                            allowableValues = {"eq", "ne", "gt", "gte", "lt", "lte", "in"})
                    String op,
            @Schema(ref = "#/components/schemas/ConditionValue") Object value) {

        static Condition of(JourneyDefinition.Condition condition) {
            return new Condition(
                    condition.attribute(), condition.op().name().toLowerCase(Locale.ROOT), condition.value());
        }
    }
}
