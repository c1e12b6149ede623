package io.milepost.analytics.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where two answers disagree. Numbers are compared by value, those with a fraction to 1e-9 of their size, percentiles of
 * durations to 1 %. Absent equals null. Nodes, transitions, stages and points are matched by their keys; a node or point
 * that only one side lists is no difference as long as it has nothing to show.
 */
public record FigureDifference(String path, JsonNode expected, JsonNode got) {

    private static final BigDecimal ROUNDING = new BigDecimal("1e-9");
    private static final BigDecimal PERCENTILE = new BigDecimal("0.0100000001");
    private static final Pattern PERCENTILE_PATH = Pattern.compile("(?:.*\\.)?p(?:50|90|95|99)");
    private static final Map<String, List<String>> KEYS = Map.of(
            "nodes", List.of("nodeId"),
            "transitions", List.of("from", "to", "edgeId"),
            "stages", List.of("id"),
            "points", List.of("start"));
    private static final Set<String> NOT_FIGURES = Set.of("freshness", "nodeId", "name", "type", "channel", "start");

    public static List<FigureDifference> between(JsonNode expected, JsonNode got) {
        List<FigureDifference> found = new ArrayList<>();
        compare("", expected, got, true, found);
        return found;
    }

    /** As {@link #between}, but what is not expected may be anything. */
    public static List<FigureDifference> missing(JsonNode expected, JsonNode got) {
        List<FigureDifference> found = new ArrayList<>();
        compare("", expected, got, false, found);
        return found;
    }

    @Override
    public String toString() {
        return path + ": expected " + expected + ", got " + got;
    }

    private static void compare(
            String path, JsonNode expected, JsonNode got, boolean all, List<FigureDifference> found) {
        if (expected.isObject() && got.isObject()) {
            Set<String> fields = new LinkedHashSet<>();
            expected.fieldNames().forEachRemaining(fields::add);
            if (all) {
                got.fieldNames().forEachRemaining(fields::add);
            }
            fields.remove("freshness");
            fields.forEach(field -> compare(
                    path.isEmpty() ? field : path + "." + field, expected.path(field), got.path(field), all, found));
        } else if (expected.isArray() && got.isArray()) {
            compareLists(path, expected, got, all, found);
        } else if (!same(path, expected, got)) {
            found.add(new FigureDifference(path, expected, got));
        }
    }

    private static void compareLists(
            String path, JsonNode expected, JsonNode got, boolean all, List<FigureDifference> found) {
        Map<String, JsonNode> wanted = byKey(path, expected);
        Map<String, JsonNode> actual = byKey(path, got);
        if (actual.size() != got.size()) {
            found.add(new FigureDifference(path + " (keys that occur twice)", expected, got));
        }
        Set<String> keys = new LinkedHashSet<>(wanted.keySet());
        if (all) {
            keys.addAll(actual.keySet());
        }
        for (String key : keys) {
            JsonNode one = wanted.getOrDefault(key, MissingNode.getInstance());
            JsonNode other = actual.getOrDefault(key, MissingNode.getInstance());
            if (!one.isMissingNode() && !other.isMissingNode()) {
                compare(path + "[" + key + "]", one, other, all, found);
            } else if (!nothingToShow(one) || !nothingToShow(other)) {
                found.add(new FigureDifference(path + "[" + key + "]", one, other));
            }
        }
    }

    private static Map<String, JsonNode> byKey(String path, JsonNode list) {
        Map<String, JsonNode> items = new LinkedHashMap<>();
        List<String> fields = KEYS.getOrDefault(path, List.of());
        for (int place = 0; place < list.size(); place++) {
            JsonNode item = list.get(place);
            String key = fields.isEmpty() ? String.valueOf(place) : key(item, fields);
            items.putIfAbsent(key, item);
        }
        return items;
    }

    private static String key(JsonNode item, List<String> fields) {
        List<String> parts = new ArrayList<>();
        fields.forEach(field -> parts.add(
                item.path(field).isMissingNode() ? "null" : item.path(field).toString()));
        return String.join(" ", parts);
    }

    /** All figures in it are 0, null or empty. */
    static boolean nothingToShow(JsonNode node) {
        if (node.isObject()) {
            List<String> fields = new ArrayList<>();
            node.fieldNames().forEachRemaining(fields::add);
            return fields.stream()
                    .filter(field -> !NOT_FIGURES.contains(field))
                    .allMatch(field -> nothingToShow(node.path(field)));
        }
        return node.isNull()
                || node.isMissingNode()
                || (node.isNumber() && node.decimalValue().signum() == 0)
                || (node.isTextual() && node.textValue().equals("0"))
                || (node.isArray() && node.isEmpty());
    }

    private static boolean same(String path, JsonNode expected, JsonNode got) {
        boolean absent = expected.isNull() || expected.isMissingNode();
        if (absent || got.isNull() || got.isMissingNode()) {
            boolean both = absent && (got.isNull() || got.isMissingNode());
            boolean ofPoint = path.startsWith("points[") && nothingToShow(expected) && nothingToShow(got);
            return both || ofPoint;
        }
        if (expected.isNumber() && got.isNumber()) {
            return close(path, expected.decimalValue(), got.decimalValue());
        }
        return expected.equals(got);
    }

    private static boolean close(String path, BigDecimal expected, BigDecimal got) {
        BigDecimal allowed = PERCENTILE_PATH.matcher(path).matches() || expected.scale() > 0 || got.scale() > 0
                ? expected.abs().multiply(PERCENTILE_PATH.matcher(path).matches() ? PERCENTILE : ROUNDING)
                : BigDecimal.ZERO;
        return expected.subtract(got).abs().compareTo(allowed) <= 0;
    }
}
