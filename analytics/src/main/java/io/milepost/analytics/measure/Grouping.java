package io.milepost.analytics.measure;

import io.milepost.analytics.cell.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Series by something of their key. */
final class Grouping {

    private Grouping() {}

    static <K> Map<K, List<Series>> by(List<Series> series, Function<Series, K> key) {
        Map<K, List<Series>> groups = new LinkedHashMap<>();
        for (Series each : series) {
            groups.computeIfAbsent(key.apply(each), any -> new ArrayList<>()).add(each);
        }
        return groups;
    }
}
