package io.milepost.analytics.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Figures as flat sums by path. */
final class Sums {

    private static final Set<String> NOT_COUNTS =
            Set.of("value", "mean", "min", "p50", "p90", "p95", "p99", "max", "freshness");
    /** Distinct users and what is derived from them: two ranges may share a user. */
    private static final Set<String> OF_USERS = Set.of(
            "entryUsers",
            "exitedUsers",
            "conversionRate",
            "goalPerformers",
            "activeUsers",
            "entryUserCount",
            "completionRate",
            "waitingUserCount",
            "droppedUserCount",
            "dropOffRate",
            "sentUserCount",
            "failedUserCount",
            "clickThroughRate",
            "users",
            "stages");
    /** By cohort they may belong to entries of both ranges, by activity they have one time. */
    private static final Set<String> OF_SEVERAL_ENTRIES =
            Set.of("convertedUsers", "conversionEvents", "goalEvents", "goalValue");

    private Sums() {}

    static Map<String, BigDecimal> counts(JsonNode figures) {
        return flat(figures, field -> !NOT_COUNTS.contains(field));
    }

    static Map<String, BigDecimal> additive(JsonNode figures, boolean activity) {
        return flat(
                figures,
                field -> !NOT_COUNTS.contains(field)
                        && !OF_USERS.contains(field)
                        && !(activity ? field.equals("openEntries") : OF_SEVERAL_ENTRIES.contains(field)));
    }

    static Map<String, BigDecimal> add(Map<String, BigDecimal> some, Map<String, BigDecimal> others) {
        Map<String, BigDecimal> sums = new TreeMap<>(some);
        others.forEach((path, value) -> sums.merge(path, value, BigDecimal::add));
        return sums;
    }

    /** The first paths that differ, absent being 0; null where none does. */
    static @Nullable String difference(Map<String, BigDecimal> expected, Map<String, BigDecimal> got) {
        Set<String> paths = new TreeSet<>(expected.keySet());
        paths.addAll(got.keySet());
        return paths.stream()
                .filter(path -> value(expected, path).compareTo(value(got, path)) != 0)
                .limit(5)
                .map(path -> path + ": expected " + value(expected, path) + ", got " + value(got, path))
                .reduce((a, b) -> a + "; " + b)
                .orElse(null);
    }

    private static BigDecimal value(Map<String, BigDecimal> sums, String path) {
        return sums.getOrDefault(path, BigDecimal.ZERO);
    }

    private static Map<String, BigDecimal> flat(JsonNode figures, Predicate<String> wanted) {
        Map<String, BigDecimal> flat = new TreeMap<>();
        flatten("", figures, wanted, flat);
        return flat;
    }

    private static void flatten(String path, JsonNode node, Predicate<String> wanted, Map<String, BigDecimal> flat) {
        if (node.isObject()) {
            node.fields().forEachRemaining(field -> {
                if (wanted.test(field.getKey())) {
                    flatten(path + "/" + field.getKey(), field.getValue(), wanted, flat);
                }
            });
        } else if (node.isArray()) {
            Json.elements(node).forEach(item -> flatten(path + "/" + key(item), item, wanted, flat));
        } else if (node.isNumber()) {
            flat.merge(path, node.decimalValue(), BigDecimal::add);
        } else if (node.isTextual() && (path.contains("/goalValue/") || path.contains("/trafficCost/"))) {
            flat.merge(path, new BigDecimal(node.textValue()), BigDecimal::add);
        }
    }

    private static String key(JsonNode item) {
        return item.has("to")
                ? item.path("from") + ">" + item.path("to") + " " + item.path("edgeId")
                : item.path("nodeId").asText() + item.path("id").asText();
    }
}
