package io.milepost.analytics.measure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure that can be followed over time: the path of a measure of the journey, or of one of its nodes. E.g.
 * {@code entries}, {@code conversionRate.value}, {@code engagements.clicked.users}.
 *
 * @param nodeId null = a measure of the journey
 */
public record SeriesMeasure(FigurePath path, @Nullable String nodeId) {

    /**
     * The journey's measure of that path.
     *
     * @throws IllegalArgumentException where there is none, with what there is
     */
    public static SeriesMeasure ofJourney(String path) {
        return new SeriesMeasure(FigurePath.of(path, JourneySummary.class, Measures.JOURNEY.names()), null);
    }

    /**
     * A node's measure of that path.
     *
     * @throws IllegalArgumentException where there is none, with what there is
     */
    public static SeriesMeasure ofNode(String path, String nodeId) {
        return new SeriesMeasure(FigurePath.of(path, NodeFigures.class, Measures.NODE.names()), nodeId);
    }

    /** The figure in a summary; null where it speaks of nothing, such as the rate of none. */
    public @Nullable Object of(JourneySummary summary) {
        return path.in(summary);
    }

    /**
     * The figure of its node among those of a journey; that of nothing where the node is not among them.
     */
    public @Nullable Object of(List<NodeFigures> nodes) {
        for (NodeFigures node : nodes) {
            if (node.nodeId().equals(nodeId)) {
                return path.in(node);
            }
        }
        return path.ofNothing();
    }
}
