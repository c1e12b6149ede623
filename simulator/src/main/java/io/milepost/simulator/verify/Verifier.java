package io.milepost.simulator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.milepost.simulator.truth.Expectation;
import io.milepost.simulator.truth.Scope;
import io.milepost.simulator.truth.Truth;
import io.milepost.simulator.verify.AnalyticsClient.Parameter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks analytics all of a checklist and compares each answer with the truth. */
public final class Verifier {

    private final AnalyticsClient analytics;
    private final Checklist checklist;
    private final Truth truth;
    private final long minEvents;
    private final List<Difference> differences = new ArrayList<>();
    private long questions;
    private long compared;

    /** @param minEvents accepted events that every answer must know of */
    public Verifier(AnalyticsClient analytics, Checklist checklist, Truth truth, long minEvents) {
        this.analytics = analytics;
        this.checklist = checklist;
        this.truth = truth;
        this.minEvents = minEvents;
    }

    /**
     * Blocks until all is asked.
     *
     * @throws AnalyticsException if analytics cannot be reached
     */
    public Verdict verify() {
        for (Scope scope : checklist.scopes()) {
            Expectation expected = truth.of(scope);
            summary(scope, expected);
            rows("nodes", "nodes", scope, expected.nodes(), row -> row.path("nodeId")
                    .asText());
            rows("transitions", "transitions", scope, expected.transitions(), Verifier::way);
            rows("stages", "stages", scope, expected.stages(), row -> row.path("id")
                    .asText());
        }
        checklist.summaries().forEach(scope -> summary(scope, truth.of(scope)));
        checklist.series().forEach(this::series);
        return new Verdict(questions, compared, differences);
    }

    /** One answer of analytics, as it stands, for a report. */
    public JsonNode summaryOf(Scope scope) {
        return analytics.get(path(scope, "summary"), parameters(scope));
    }

    /** One answer of analytics, as it stands, for a report. */
    public JsonNode nodesOf(Scope scope) {
        return analytics.get(path(scope, "nodes"), parameters(scope)).path("nodes");
    }

    private void summary(Scope scope, Expectation expected) {
        ask("summary", scope, List.of(), (comparison, answer) -> comparison.tree(expected.summary(), answer, ""));
    }

    private void rows(String endpoint, String list, Scope scope, JsonNode expected, Function<JsonNode, String> key) {
        ask(endpoint, scope, List.of(), (comparison, answer) -> comparison.rows(expected, answer.path(list), key));
    }

    private static String way(JsonNode row) {
        return row.path("from").asText("null") + " → " + row.path("to").asText() + " by "
                + row.path("edgeId").asText("null");
    }

    private void series(Series series) {
        for (String measure : series.measures()) {
            List<Parameter> more = new ArrayList<>(List.of(
                    new Parameter("measure", measure),
                    new Parameter("bucket", series.bucket().word()),
                    new Parameter("zone", series.zone().getId())));
            if (series.node() != null) {
                more.add(new Parameter("node", series.node()));
            }
            ask("series", series.scope(), more, (comparison, answer) -> points(comparison, series, measure, answer));
        }
    }

    private void points(Comparison comparison, Series series, String measure, JsonNode answer) {
        String label = series.bucket().word() + "s of " + (series.node() == null ? "" : series.node() + ": ") + measure;
        Map<Instant, Scope> points = series.points();
        JsonNode got = answer.path("points");
        if (got.size() != points.size()) {
            comparison.differ(label, points.size() + " points", got.size() + " points");
            return;
        }
        int i = 0;
        for (Map.Entry<Instant, Scope> point : points.entrySet()) {
            JsonNode row = got.get(i++);
            String at = label + " at " + point.getKey() + ":";
            if (!point.getKey().equals(instant(row.path("start").asText()))) {
                comparison.differ(
                        at, point.getKey().toString(), row.path("start").asText());
            }
            @Nullable JsonNode expected = truth.of(point.getValue()).figure(measure, series.node());
            if (expected != null) {
                comparison.tree(expected, row.get("value"), at + " " + measure);
            }
        }
    }

    private static @Nullable Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    @FunctionalInterface
    private interface Check {
        void compare(Comparison comparison, JsonNode answer);
    }

    private void ask(String endpoint, Scope scope, List<Parameter> more, Check check) {
        questions++;
        Comparison comparison = new Comparison(endpoint, scope.toString());
        List<Parameter> parameters = new ArrayList<>(parameters(scope));
        parameters.addAll(more);
        try {
            check.compare(comparison, analytics.get(path(scope, endpoint), parameters));
        } catch (AnalyticsException e) {
            if (e.unreachable()) {
                throw e;
            }
            comparison.differ("answer", "200", String.valueOf(e.getMessage()));
        }
        compared += comparison.compared();
        differences.addAll(comparison.differences());
    }

    private static String path(Scope scope, String endpoint) {
        return "/v1/journeys/" + AnalyticsClient.encoded(scope.journeyId()) + "/" + endpoint;
    }

    private List<Parameter> parameters(Scope scope) {
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(new Parameter("basis", scope.activity() ? "activity" : "cohort"));
        if (scope.from() != null) {
            parameters.add(new Parameter("from", scope.from().toString()));
        }
        if (scope.to() != null) {
            parameters.add(new Parameter("to", scope.to().toString()));
        }
        new TreeSet<>(scope.versions())
                .forEach(version -> parameters.add(new Parameter("version", version.toString())));
        new TreeSet<>(scope.variants()).forEach(variant -> parameters.add(new Parameter("variant", variant)));
        if (scope.includeTest()) {
            parameters.add(new Parameter("include", "test"));
        }
        parameters.add(new Parameter("asOf", scope.asOf().toString()));
        parameters.add(new Parameter("minEvents", Long.toString(minEvents)));
        return parameters;
    }
}
