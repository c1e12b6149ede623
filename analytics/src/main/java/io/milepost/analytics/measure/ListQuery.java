package io.milepost.analytics.measure;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A question for what is behind a figure.
 *
 * @param partId the node or stage that the list is one of; null = the journey
 * @param filters only those that the list has
 */
public record ListQuery(
        MeasureQuery query, ListMeasure list, @Nullable String partId, Map<ListFilter, String> filters) {

    public ListQuery {
        filters = Map.copyOf(filters);
    }

    /** Whether cells know its users and their number: they know no reasons of failures, and nobody turned away. */
    boolean isOfCells() {
        return list != ListMeasure.REJECTED_ENTRIES
                && !(list.thing() == ListMeasure.Thing.MESSAGE && filters.containsKey(ListFilter.REASON));
    }
}
