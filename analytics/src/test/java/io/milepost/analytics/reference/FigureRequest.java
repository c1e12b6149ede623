package io.milepost.analytics.reference;

import org.jspecify.annotations.Nullable;

/** One question to a {@link Subject}. {@code measure}, {@code bucket} and {@code nodeId} belong to a series alone. */
public record FigureRequest(
        String journeyId,
        Figure figure,
        ReferenceQuery query,
        @Nullable String measure,
        @Nullable Bucket bucket,
        @Nullable String nodeId) {

    public enum Figure {
        SUMMARY,
        NODES,
        TRANSITIONS,
        STAGES,
        SERIES
    }

    public enum Bucket {
        HOUR,
        DAY,
        WEEK,
        MONTH
    }

    public static FigureRequest of(String journeyId, Figure figure, ReferenceQuery query) {
        return new FigureRequest(journeyId, figure, query, null, null, null);
    }

    public static FigureRequest series(
            String journeyId, ReferenceQuery query, String measure, Bucket bucket, @Nullable String nodeId) {
        return new FigureRequest(journeyId, Figure.SERIES, query, measure, bucket, nodeId);
    }

    public FigureRequest with(ReferenceQuery newQuery) {
        return new FigureRequest(journeyId, figure, newQuery, measure, bucket, nodeId);
    }
}
