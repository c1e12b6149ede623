package io.milepost.analytics.measure;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the calls of an IVR journey went: an entry is a call, a node a menu or an announcement. Any number of threads. */
public interface JourneyCalls {

    /**
     * The calls of a journey; those of nothing where it is not known. All of it is read from the cells of the summary, the
     * nodes and the transitions.
     *
     * @param bucket of the points
     * @throws TooManyPointsException where the buckets are too many
     */
    Calls calls(MeasureQuery query, Bucket bucket);

    /**
     * How the calls went.
     *
     * @param nodes in the order of the journey's nodes
     * @param paths by node, option and next node
     */
    @Schema(description = "How the calls of an IVR journey went.")
    record Calls(
            @Schema(description = "Call volume: entries.", example = "112") long calls,
            @Schema(description = "Distinct callers.", example = "94") long callers,
            @Schema(description = "Calls still going on.", example = "2") long activeCalls,
            @Schema(description = "Calls that ended, by reason.", example = "{\"completed\": 80, \"cancelled\": 30}")
                    Map<String, Long> callsByReason,
            @Schema(
                            description =
                                    "Calls that ended as completed out of all calls begun in the range, in percent. Always by cohort.")
                    Rate completionRate,
            @Schema(description = "Calls over time, no bucket left out.") List<CallPoint> points,
            @Schema(description = "What happened at each node: menu options, what was collected, drop-off.")
                    List<CallNode> nodes,
            @Schema(description = "How callers moved on from each option.") List<CallPath> paths) {

        public Calls {
            callsByReason = Figures.ordered(callsByReason);
            points = List.copyOf(points);
            nodes = List.copyOf(nodes);
            paths = List.copyOf(paths);
        }
    }

    /** The calls of one bucket. */
    @Schema(description = "The calls of one bucket.")
    record CallPoint(
            @Schema(description = "Start of the bucket.", example = "2026-03-02T00:00:00Z") Instant start,
            @Schema(description = "Calls.", example = "12") long calls,
            @Schema(description = "Distinct callers.", example = "11") long callers,
            @Schema(description = "Calls begun in the bucket that ended as completed, whenever.", example = "9")
                    long completed) {}

    /**
     * What happened at one node, as the nodes tell it.
     *
     * @param name null = not defined or not named
     * @param type null = not in any definition
     */
    @Schema(description = "What happened at one node: its measures, by the names they have there.")
    record CallNode(
            @Schema(description = "The node's id.", example = "main-menu") String nodeId,
            @Schema(description = "Its name.", example = "Main menu") @Nullable String name,
            @Schema(description = "Its type.", example = "menu") @Nullable String type,
            @Schema(description = "Visits.", example = "120") long entryCount,
            @Schema(description = "Distinct callers who came there.", example = "94") long entryUserCount,
            @Schema(description = "Calls that ended there.", example = "30") long exitCount,
            @Schema(description = "Callers who got past it out of those who came there, in percent.")
                    Rate completionRate,
            @Schema(description = "Callers who are there.", example = "2") long waitingUserCount,
            @Schema(description = "Callers who neither got past it nor are there.", example = "12")
                    long droppedUserCount,
            @Schema(description = "Callers who dropped out there out of those who came there, in percent.")
                    Rate dropOffRate,
            @Schema(
                            description =
                                    "Options pressed and answers collected; the list `outcomes` of the node has each"
                                            + " with its value.",
                            example = "{\"1\": {\"count\": 30, \"users\": 29}}")
                    Map<String, OutcomeCount> outcomes,
            @Schema(description = "How long the completed visits took.") Durations duration) {

        static CallNode of(NodeFigures node) {
            return new CallNode(
                    node.nodeId(),
                    node.name(),
                    node.type(),
                    node.entryCount(),
                    node.entryUserCount(),
                    node.exitCount(),
                    node.completionRate(),
                    node.waitingUserCount(),
                    node.droppedUserCount(),
                    node.dropOffRate(),
                    node.outcomes(),
                    node.duration());
        }
    }

    /**
     * Where an option led.
     *
     * @param from null = the start
     * @param outcome null = the node was left without one
     * @param to null = the call ended there
     */
    @Schema(description = "Where an option led. Over all outcomes, the transitions; where `to` is null, the exits.")
    record CallPath(
            @Schema(
                            description = "Node where the option was pressed; null: the start of the call.",
                            example = "main-menu")
                    @Nullable
                    String from,
            @Schema(description = "The option: outcome of the visit there; null: none.", example = "2") @Nullable
                    String outcome,
            @Schema(description = "Node that came next; null: the call ended.", example = "billing") @Nullable
                    String to,
            @Schema(description = "How often.", example = "30") long count,
            @Schema(description = "Distinct callers.", example = "29") long users) {}
}
