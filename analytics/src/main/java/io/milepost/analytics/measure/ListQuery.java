package io.milepost.analytics.measure;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A question for what is behind a figure.
 *
 * @param nodeId null where the list is one of the journey
 * @param filters only those that the list has
 */
public record ListQuery(
        MeasureQuery query, ListMeasure list, @Nullable String nodeId, Map<ListFilter, String> filters) {

    public ListQuery {
        filters = Map.copyOf(filters);
    }
}
