package io.milepost.analytics.measure;

import java.util.List;

/**
 * Every figure of a journey. Any number of threads; an answer belongs to one state of the data, no older than the last
 * event that was projected when the call began. A journey without data in scope, or not known at all, gives zeros and
 * empty lists.
 */
public interface JourneyFigures {

    JourneySummary summary(MeasureQuery query);

    /** All nodes of the definitions and all nodes seen, in definition order, then by id. */
    List<NodeFigures> nodes(MeasureQuery query);

    List<Transition> transitions(MeasureQuery query);

    /** Those of the newest version that has any, whatever the scope; in their order. */
    List<StageFigures> stages(MeasureQuery query);

    /**
     * A measure along the calendar of the query's zone, without holes, from the range's begin to its end or, where it has
     * none, from the first to the last data.
     *
     * @throws TooManyPointsException where that would be more than {@link Buckets#LIMIT} points
     */
    List<SeriesPoint> series(MeasureQuery query, SeriesMeasure measure, Bucket bucket);
}
