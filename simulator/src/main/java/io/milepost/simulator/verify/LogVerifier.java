package io.milepost.simulator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.milepost.simulator.replay.LogCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares analytics with what was counted straight from the rows of a log. */
public final class LogVerifier {

    private static final double PERCENTILE = 0.01;
    private static final double MILLISECOND = 1;
    private static final String SCOPE = "the file itself";
    /** No activity, whatever activities are called. */
    private static final String START = "(start)";

    private final AnalyticsClient analytics;
    private final String journey;
    private final long minEvents;
    private final List<Difference> differences = new ArrayList<>();
    private long compared;

    public LogVerifier(AnalyticsClient analytics, String journeyId, long minEvents) {
        this.analytics = analytics;
        this.journey = "/v1/journeys/" + AnalyticsClient.encoded(journeyId) + "/";
        this.minEvents = minEvents;
    }

    public Verdict verify(LogCount count) {
        JsonNode summary = answer("summary");
        same("summary", "entries", count.cases(), summary.path("entries"));
        same("summary", "entryUsers", count.users(), summary.path("entryUsers"));
        nodes(count);
        transitions(count);
        return new Verdict(3, compared, differences);
    }

    private JsonNode answer(String figures) {
        return analytics.get(
                journey + figures, List.of(new AnalyticsClient.Parameter("minEvents", Long.toString(minEvents))));
    }

    private void nodes(LogCount count) {
        Map<String, JsonNode> nodes = new HashMap<>();
        answer("nodes")
                .path("nodes")
                .forEach(node -> nodes.put(node.path("nodeId").asText(), node));
        count.activities().forEach((activity, runs) -> {
            JsonNode node = nodes.getOrDefault(activity, MissingNode.getInstance());
            same("nodes", activity + ": entryCount", runs, node.path("entryCount"));
            same("nodes", activity + ": entryUserCount", count.usersOf(activity), node.path("entryUserCount"));
            durations(activity, count.durations().getOrDefault(activity, List.of()), node.path("duration"));
            same("nodes", activity + ": exitCount", count.ends().getOrDefault(activity, 0L), node.path("exitCount"));
        });
    }

    /** @param expected in milliseconds, ascending; analytics may tell whole ones */
    private void durations(String activity, List<Double> expected, JsonNode got) {
        same("nodes", activity + ": duration.count", expected.size(), got.path("count"));
        if (expected.isEmpty()) {
            return;
        }
        double sum = expected.stream().mapToDouble(Double::doubleValue).sum();
        near(activity, "mean", sum / expected.size(), got, 0);
        near(activity, "min", expected.get(0), got, 0);
        near(activity, "max", expected.get(expected.size() - 1), got, 0);
        for (int percent : List.of(50, 90, 95, 99)) {
            int rank = (percent * expected.size() + 99) / 100;
            near(activity, "p" + percent, expected.get(rank - 1), got, PERCENTILE);
        }
    }

    private void near(String activity, String measure, double expected, JsonNode duration, double tolerance) {
        compared++;
        JsonNode got = duration.path(measure);
        if (!got.isNumber() || Math.abs(got.asDouble() - expected) > MILLISECOND + tolerance * expected) {
            differences.add(new Difference(
                    "nodes", SCOPE, activity + ": duration." + measure, Double.toString(expected), got.toString()));
        }
    }

    private void transitions(LogCount count) {
        Map<String, Long> expected = new TreeMap<>();
        count.starts().forEach((activity, cases) -> expected.put(START + " → " + activity, cases));
        count.follows().forEach((from, all) -> all.forEach((to, times) -> expected.put(from + " → " + to, times)));
        Map<String, Long> got = new TreeMap<>();
        answer("transitions")
                .path("transitions")
                .forEach(way -> got.merge(
                        (way.path("from").isNull() ? START : way.path("from").asText()) + " → "
                                + way.path("to").asText(),
                        way.path("count").asLong(),
                        Long::sum));
        expected.keySet().forEach(way -> got.putIfAbsent(way, 0L));
        got.forEach((way, times) -> {
            compared++;
            if (!times.equals(expected.getOrDefault(way, 0L))) {
                differences.add(new Difference(
                        "transitions", SCOPE, way, String.valueOf(expected.getOrDefault(way, 0L)), times.toString()));
            }
        });
    }

    private void same(String figures, String measure, long expected, JsonNode got) {
        compared++;
        if (!got.isNumber() || got.asLong() != expected) {
            differences.add(new Difference(figures, SCOPE, measure, Long.toString(expected), got.toString()));
        }
    }
}
