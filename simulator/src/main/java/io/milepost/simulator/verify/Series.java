package io.milepost.simulator.verify;

import io.milepost.simulator.truth.Scope;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A time series to be checked.
 *
 * @param scope with both ends
 * @param node null = the journey's measures
 */
record Series(Scope scope, Bucket bucket, ZoneId zone, @Nullable String node, List<String> measures) {

    /** The start of each bucket, with the part of the scope that lies in it. */
    Map<Instant, Scope> points() {
        Instant from = scope.from();
        Instant to = scope.to();
        if (from == null || to == null) {
            throw new IllegalArgumentException("a series needs a range");
        }
        Map<Instant, Scope> points = new LinkedHashMap<>();
        for (Instant start = bucket.start(from, zone); start.isBefore(to); start = bucket.next(start, zone)) {
            Instant end = bucket.next(start, zone);
            points.put(start, scope.between(start.isBefore(from) ? from : start, end.isAfter(to) ? to : end));
        }
        return points;
    }
}
