package io.milepost.simulator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.milepost.simulator.truth.Expectation;
import io.milepost.simulator.truth.Ledger;
import io.milepost.simulator.truth.Scope;
import io.milepost.simulator.truth.Truth;
import io.milepost.simulator.verify.AnalyticsClient.Parameter;
import io.milepost.simulator.verify.Findings.Behind;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.ImportFinished;
import io.milepost.spi.JourneyEvent.JourneyDefined;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks analytics all of a checklist and compares each answer with the truth; where one differs, asks for the list behind
 * it and finds the people and events that say why.
 */
public final class Verifier {

    /** Longer lists are compared by their number of rows alone, unless said otherwise: a row is a row over HTTP. */
    public static final long USUAL_ROWS = 100_000;

    private final AnalyticsClient analytics;
    private final Checklist checklist;
    private final Truth truth;
    private final Consumer<Consumer<List<JourneyEvent>>> lives;
    private final long minEvents;
    private final Map<String, List<ImportFinished>> imports = new TreeMap<>();
    private final Ledger ledger;
    private Lists lists;
    private final EngagedPersons engaged;
    private final Findings findings = new Findings();

    /**
     * @param lives tells the events of each person once more, person by person
     * @param accountZone whose months the engaged persons are counted by
     * @param minEvents accepted events that every answer must know of
     */
    public Verifier(
            AnalyticsClient analytics,
            Checklist checklist,
            Truth truth,
            List<JourneyDefined> definitions,
            Consumer<Consumer<List<JourneyEvent>>> lives,
            ZoneId accountZone,
            long minEvents) {
        this.analytics = analytics;
        this.checklist = checklist;
        this.truth = truth;
        this.lives = lives;
        this.minEvents = minEvents;
        Ledger ledger = new Ledger(definitions);
        Set<String> journeys = new LinkedHashSet<>();
        definitions.forEach(event -> journeys.add(event.definition().journeyId()));
        this.ledger = ledger;
        this.lists = new Lists(analytics, ledger, minEvents, USUAL_ROWS);
        this.engaged = new EngagedPersons(analytics, ledger, accountZone, journeys, minEvents);
    }

    /** Compares longer lists by their number of rows alone, as the verdict then says. */
    public Verifier withRowsUpTo(long most) {
        lists = new Lists(analytics, ledger, minEvents, most);
        return this;
    }

    /** Has it told how many answers were compared so far. */
    public Verifier tellingTo(LongConsumer progress) {
        findings.tellTo(progress);
        return this;
    }

    /** Has the import performance held to those too. */
    public Verifier withImports(List<ImportFinished> finished) {
        finished.forEach(one -> imports.computeIfAbsent(one.journeyId(), id -> new ArrayList<>())
                .add(one));
        return this;
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
        checklist
                .lists()
                .forEach((scope, withNodes) ->
                        lists.verify(scope, truth.of(scope).lists(), withNodes, findings));
        if (lists.counted() > 0) {
            findings.note(lists.counted() + " lists of more than " + lists.mostRows()
                    + " rows are compared by their number of rows alone (--rows)");
        }
        imports.forEach(
                (journey, finished) -> new ImportPerformance(analytics, minEvents).verify(journey, finished, findings));
        engaged.verify(truth.engaged(), findings);
        new Audit(analytics).verify(findings);
        return findings.verdict(new Reasons(lives));
    }

    /** One answer of analytics, as it stands, for a report. */
    public JsonNode summaryOf(Scope scope) {
        return analytics.get(Question.path(scope, "summary"), Question.parameters(scope, minEvents));
    }

    /** One answer of analytics, as it stands, for a report. */
    public JsonNode nodesOf(Scope scope) {
        return analytics
                .get(Question.path(scope, "nodes"), Question.parameters(scope, minEvents))
                .path("nodes");
    }

    private void summary(Scope scope, Expectation expected) {
        ask("summary", scope, List.of(), (comparison, answer) -> comparison.tree(expected.summary(), answer, ""));
    }

    private void rows(String endpoint, String list, Scope scope, JsonNode expected, Function<JsonNode, String> key) {
        ask(endpoint, scope, List.of(), (comparison, answer) -> comparison.rows(expected, answer.path(list), key));
    }

    private static String way(JsonNode row) {
        return label(row.path("from")) + " → " + row.path("to").asText() + " by " + label(row.path("edgeId"));
    }

    /** A node may be called "null". */
    private static String label(JsonNode id) {
        return id.isTextual() && !id.asText().equals("null") ? id.asText() : id.toString();
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
            String start = row.path("start").asText();
            if (!point.getKey().equals(Instants.of(start))) {
                comparison.differ(at, point.getKey().toString(), start);
            }
            @Nullable JsonNode expected = truth.of(point.getValue()).figure(measure, series.node());
            if (expected != null) {
                comparison.tree(expected, row.get("value"), at + " " + measure);
            }
        }
    }

    @FunctionalInterface
    private interface Check {
        void compare(Comparison comparison, JsonNode answer);
    }

    private void ask(String endpoint, Scope scope, List<Parameter> more, Check check) {
        Comparison comparison = new Comparison(endpoint, scope.toString());
        List<Parameter> parameters = new ArrayList<>(Question.parameters(scope, minEvents));
        parameters.addAll(more);
        try {
            check.compare(comparison, analytics.get(Question.path(scope, endpoint), parameters));
        } catch (AnalyticsException e) {
            if (e.unreachable()) {
                throw e;
            }
            comparison.differ("answer", "200", String.valueOf(e.getMessage()));
        }
        findings.asked(comparison.compared());
        comparison.differences().forEach(difference -> findings.differs(difference, behind(scope, difference)));
    }

    /** A point of a series has the reasons of its summary or node, which were asked for as well. */
    private @Nullable Behind behind(Scope scope, Difference difference) {
        return difference.measure().equals("answer")
                ? null
                : lists.behind(scope, difference.figures(), difference.measure());
    }
}
