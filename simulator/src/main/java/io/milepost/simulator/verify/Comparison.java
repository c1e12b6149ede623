package io.milepost.simulator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compares one answer with its truth: percentiles within 1 %, everything else exactly. Counts what it compared. */
final class Comparison {

    private static final Set<String> PERCENTILES = Set.of("p50", "p90", "p95", "p99");
    /** Quotients: equal but for the last bits of a double. */
    private static final Set<String> QUOTIENTS = Set.of("value", "mean");
    /** Maps from which keys with nothing to show are left out, so that a key too many is a difference. */
    private static final Set<String> MAPS = Set.of(
            "exitsByReason",
            "rejectedEntries",
            "channels",
            "goalValue",
            "trafficCost",
            "engagements",
            "platforms",
            "outcomes");

    private static final double PERCENTILE_TOLERANCE = 0.01;
    private static final double QUOTIENT_TOLERANCE = 1e-9;
    private static final String ABSENT = "absent";

    private final String figures;
    private final String scope;
    private final List<Difference> differences = new ArrayList<>();
    private long compared;

    Comparison(String figures, String scope) {
        this.figures = figures;
        this.scope = scope;
    }

    List<Difference> differences() {
        return differences;
    }

    /** Number of single values compared. */
    long compared() {
        return compared;
    }

    void tree(JsonNode expected, @Nullable JsonNode got, String measure) {
        if (got == null || got.isMissingNode()) {
            compared++;
            differ(measure, text(expected), ABSENT);
        } else if (expected.isObject()) {
            object(expected, got, measure);
        } else {
            compared++;
            if (!same(expected, got, last(measure))) {
                differ(measure, text(expected), text(got));
            }
        }
    }

    private void object(JsonNode expected, JsonNode got, String measure) {
        if (!got.isObject()) {
            compared++;
            differ(measure, text(expected), text(got));
            return;
        }
        expected.properties()
                .forEach(field -> tree(field.getValue(), got.get(field.getKey()), join(measure, field.getKey())));
        if (MAPS.contains(last(measure))) {
            compared++;
            got.properties().forEach(field -> {
                if (!expected.has(field.getKey())) {
                    differ(join(measure, field.getKey()), ABSENT, text(field.getValue()));
                }
            });
        }
    }

    /** Rows of a list, found by their key whatever their order. */
    void rows(JsonNode expected, JsonNode got, Function<JsonNode, String> key) {
        Map<String, JsonNode> byKey = new LinkedHashMap<>();
        got.forEach(row -> {
            if (byKey.put(key.apply(row), row) != null) {
                differ(key.apply(row), "one row", "two");
            }
        });
        Set<String> known = new HashSet<>();
        expected.forEach(row -> {
            known.add(key.apply(row));
            tree(row, byKey.get(key.apply(row)), key.apply(row) + ":");
        });
        byKey.forEach((name, row) -> {
            if (!known.contains(name)) {
                differ(name, ABSENT, text(row));
            }
        });
    }

    void differ(String measure, String expected, String got) {
        differences.add(new Difference(figures, scope, measure, expected, got));
    }

    private static boolean same(JsonNode expected, JsonNode got, String name) {
        if (!expected.isNumber()) {
            return expected.equals(Comparison::order, got);
        }
        if (!got.isNumber()) {
            return false;
        }
        double difference = Math.abs(expected.doubleValue() - got.doubleValue());
        if (PERCENTILES.contains(name)) {
            return difference <= PERCENTILE_TOLERANCE * expected.doubleValue();
        }
        if (QUOTIENTS.contains(name)) {
            return difference <= QUOTIENT_TOLERANCE * Math.abs(expected.doubleValue());
        }
        return expected.decimalValue().compareTo(got.decimalValue()) == 0;
    }

    /** 0 = the same: a number is one however it is held. */
    private static int order(JsonNode one, JsonNode other) {
        boolean same = one.isNumber() && other.isNumber()
                ? one.decimalValue().compareTo(other.decimalValue()) == 0
                : one.equals(other);
        return same ? 0 : 1;
    }

    private static String join(String measure, String field) {
        if (measure.isEmpty()) {
            return field;
        }
        return measure.endsWith(":") ? measure + " " + field : measure + "." + field;
    }

    private static String last(String measure) {
        return measure.substring(Math.max(measure.lastIndexOf('.'), measure.lastIndexOf(' ')) + 1);
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.asText() : node.toString();
    }
}
