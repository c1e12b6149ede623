package io.milepost.simulator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milepost.simulator.verify.AnalyticsClient.Parameter;
import io.milepost.spi.JourneyEvent.ImportFinished;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Asks for the import performance of a journey: all of it, and the part before the middle. */
final class ImportPerformance {

    private final AnalyticsClient analytics;
    private final long minEvents;

    ImportPerformance(AnalyticsClient analytics, long minEvents) {
        this.analytics = analytics;
        this.minEvents = minEvents;
    }

    /** @param finished all imports of the journey, in order of time; none = nothing is asked */
    void verify(String journeyId, List<ImportFinished> finished, Findings findings) {
        if (finished.isEmpty()) {
            return;
        }
        Instant middle = finished.get(finished.size() / 2).time();
        ask(journeyId, finished, List.of(), "all", findings);
        ask(
                journeyId,
                finished.stream().filter(one -> one.time().isBefore(middle)).toList(),
                List.of(new Parameter("to", middle.toString())),
                "before " + middle,
                findings);
    }

    private void ask(
            String journeyId, List<ImportFinished> finished, List<Parameter> range, String scope, Findings findings) {
        Comparison comparison = new Comparison("imports", journeyId + ", " + scope);
        try {
            List<Parameter> parameters = new ArrayList<>(range);
            parameters.add(new Parameter("minEvents", Long.toString(minEvents)));
            JsonNode answer =
                    analytics.get("/v1/journeys/" + AnalyticsClient.encoded(journeyId) + "/imports", parameters);
            ArrayNode expected = JsonNodeFactory.instance.arrayNode();
            finished.forEach(one -> expected.add(json(one)));
            comparison.rows(expected, answer.path("imports"), row -> row.path("importId")
                    .asText());
            ObjectNode sums = JsonNodeFactory.instance.objectNode();
            sums.put(
                    "total",
                    finished.stream().mapToLong(one -> one.report().total()).sum());
            sums.put(
                    "valid",
                    finished.stream().mapToLong(one -> one.report().valid()).sum());
            sums.put(
                    "invalid",
                    finished.stream().mapToLong(one -> one.report().invalid()).sum());
            comparison.tree(sums, answer, "");
        } catch (AnalyticsException e) {
            if (e.unreachable()) {
                throw e;
            }
            comparison.differ("answer", "200", String.valueOf(e.getMessage()));
        }
        findings.asked(comparison.compared());
        comparison.differences().forEach(difference -> findings.differs(difference, null));
    }

    private static ObjectNode json(ImportFinished one) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("importId", one.report().importId())
                .put("connection", one.report().connection())
                .put("total", one.report().total())
                .put("valid", one.report().valid())
                .put("invalid", one.report().invalid());
        if (one.report().connectionError() != null) {
            json.put("connectionError", one.report().connectionError());
        }
        ArrayNode errors = json.putArray("errors");
        one.report()
                .errors()
                .forEach(error -> errors.addObject().put("row", error.row()).put("reason", error.reason()));
        return json;
    }
}
