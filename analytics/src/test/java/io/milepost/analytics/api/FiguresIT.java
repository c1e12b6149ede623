package io.milepost.analytics.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.milepost.analytics.measure.Basis;
import io.milepost.analytics.measure.MeasureQuery;
import io.milepost.analytics.measure.Measures;
import io.milepost.analytics.measure.Scope;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresIT {

    private static final String SUMMARY = "/v1/journeys/onboarding/summary";
    private static final String SERIES = "/v1/journeys/onboarding/series";

    private static ApiServer server;

    @BeforeAll
    static void start() {
        server = ApiServer.start(Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void answersWithEveryMeasureByItsNameAndHowFreshItIs() {
        List<String> names = new ArrayList<>(Measures.JOURNEY.names());
        names.add("freshness");

        JsonNode summary = server.json(SUMMARY);

        assertThat(summary.fieldNames()).toIterable().containsExactlyElementsOf(names);
        assertThat(summary.get("entries").intValue()).isEqualTo(3);
        assertThat(summary.get("freshness"))
                .isEqualTo(ApiServer.parse("{\"acceptedEvents\": 12, \"projectedEvents\": 10,"
                        + " \"lastReceived\": \"2026-03-05T00:00:00Z\"}"));
    }

    @Test
    void keepsMapsEmptyMoneyPlainAndRatesOfNothingNull() {
        JsonNode summary = server.json(SUMMARY + "?to=2026-01-01T00:00:00Z");

        assertThat(summary.get("exitsByReason").isEmpty()).isTrue();
        assertThat(summary.get("goalValue").get("EUR").textValue()).isEqualTo("12345678901234567890.000000001");
        assertThat(summary.get("conversionRate"))
                .isEqualTo(ApiServer.parse("{\"value\": null, \"numerator\": 0, \"denominator\": 0}"));
    }

    @Test
    void asksForWhatTheParametersSay() {
        server.json(SUMMARY + "?from=2026-03-01T01:00:00.5%2B01:00&to=2026-04-01T00:00:00z&version=1&version=2"
                + "&variant=a,b&variant=none&basis=activity&include=test&zone=Europe/Berlin&asOf=2026-05-01T00:00:00Z");

        assertThat(server.journeys().asked)
                .isEqualTo(new MeasureQuery(
                        "onboarding",
                        new Scope(
                                Instant.parse("2026-03-01T00:00:00.5Z"),
                                Instant.parse("2026-04-01T00:00:00Z"),
                                Set.of(1L, 2L),
                                Set.of("a,b", "none"),
                                Basis.ACTIVITY,
                                true,
                                ZoneId.of("Europe/Berlin"),
                                Instant.parse("2026-05-01T00:00:00Z"))));
    }

    @Test
    void readsAnUnescapedPlusAsTheSignOfTheOffset() {
        server.raw("GET " + SUMMARY + "?from=2026-03-01T11:30:00+02:00&zone=Etc/GMT+3 HTTP/1.1", "Host: localhost");

        MeasureQuery asked = asked();
        assertThat(asked.from()).isEqualTo("2026-03-01T09:30:00Z");
        assertThat(asked.zone().getId()).isEqualTo("Etc/GMT+3");
    }

    @Test
    void takesTheAccountsZoneWhereNoneIsGiven() {
        server.send("PUT", "/v1/account", "{\"zone\": \"Asia/Tokyo\"}");

        server.json(SUMMARY);

        assertThat(asked().zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
        server.send("PUT", "/v1/account", "{\"zone\": \"UTC\"}");
    }

    @Test
    void findsAJourneyByAnyIdThatAnEventCanHave() {
        assertThat(server.json("/v1/journeys/a%20b%2F%C3%BC%3B1%2B%26/summary")
                        .get("entries")
                        .intValue())
                .isZero();
        assertThat(server.json("/v1/journeys/a%20b%2F%C3%BC;1+&/nodes").get("nodes"))
                .hasSize(1);
    }

    @Test
    void answersTheOtherQuestionsInTheirShapes() {
        JsonNode node =
                server.json("/v1/journeys/onboarding/nodes").get("nodes").get(0);
        assertThat(node.fieldNames()).toIterable().startsWith("nodeId", "name", "type", "channel");
        assertThat(node.fieldNames()).toIterable().containsAll(Measures.NODE.names());
        assertThat(node.get("duration"))
                .isEqualTo(ApiServer.parse("{\"count\": 0, \"mean\": null, \"min\": null, \"p50\": null, \"p90\": null,"
                        + " \"p95\": null, \"p99\": null, \"max\": null}"));
        assertThat(server.json("/v1/journeys/onboarding/transitions").get("transitions"))
                .isEqualTo(ApiServer.parse(
                        "[{\"from\": null, \"to\": \"push\", \"edgeId\": null, \"count\": 3, \"users\": 3}]"));
        JsonNode stage =
                server.json("/v1/journeys/onboarding/stages").get("stages").get(0);
        assertThat(stage.fieldNames()).toIterable().startsWith("id", "name");
        assertThat(stage.fieldNames()).toIterable().containsAll(Measures.STAGE.names());
    }

    @Test
    void followsAMeasureDayByDayWithoutHoles() {
        // Entries on March 1st at 10:00, on the 3rd at 10:00 and at 23:30: in Berlin, the last is on the 4th.
        assertThat(server.json(SERIES + "?measure=entries&bucket=day&zone=Europe/Berlin")
                        .get("points"))
                .isEqualTo(ApiServer.parse("[{\"start\": \"2026-02-28T23:00:00Z\", \"value\": 1},"
                        + " {\"start\": \"2026-03-01T23:00:00Z\", \"value\": 0},"
                        + " {\"start\": \"2026-03-02T23:00:00Z\", \"value\": 1},"
                        + " {\"start\": \"2026-03-03T23:00:00Z\", \"value\": 1}]"));
    }

    @Test
    void showsAPointInTheShapeOfItsFigure() {
        assertThat(onlyPoint("measure=conversionRate"))
                .isEqualTo(ApiServer.parse("{\"value\": 0.0, \"numerator\": 0, \"denominator\": 3}"));
        assertThat(onlyPoint("measure=conversionRate.denominator").intValue()).isEqualTo(3);
        assertThat(onlyPoint("measure=engagements.clicked.users&node=push").intValue())
                .isEqualTo(3);
        assertThat(onlyPoint("measure=engagements.shown&node=push"))
                .isEqualTo(ApiServer.parse("{\"count\": 0, \"users\": 0, \"machine\": 0}"));
        assertThat(onlyPoint("measure=duration.p95&node=push").isNull()).isTrue();
        assertThat(onlyPoint("measure=trafficCost.EUR").textValue()).isEqualTo("0");
    }

    private static MeasureQuery asked() {
        return Objects.requireNonNull(server.journeys().asked);
    }

    private static JsonNode onlyPoint(String query) {
        JsonNode points = server.json(SERIES + "?bucket=month&" + query).get("points");
        assertThat(points).hasSize(1);
        return points.get(0).get("value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    summary | from=yesterday                                | from    | 2026-03-01T00:00:00Z
                    summary | from=                                         | from    | 1 to 1000 characters
                    summary | from=2026-03-01                               | from    | instant
                    summary | from=2026-03-01T00:00:00                      | from    | instant
                    summary | to=2026-02-30T00:00:00Z                       | to      | exists
                    summary | to=2026-03-01T25:00:00Z                       | to      | exists
                    summary | asOf=2026-03-01T00:00:00.1234567891Z          | asOf    | instant
                    summary | from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z | from | after
                    summary | from=2026-03-02T00:00:00Z&from=2026-03-03T00:00:00Z | from | once
                    summary | version=0                                     | version | 1 or more
                    summary | version=1,2                                   | version | whole number
                    summary | version=1&version=x                           | version | whole number
                    summary | version=%2B1                                  | version | whole number
                    summary | version=99999999999999999999                  | version | whole number
                    summary | variant=                                      | variant | 1 to 1000 characters
                    summary | variant=a%00b                                 | variant | control characters
                    summary | basis=entry                                   | basis   | cohort or activity
                    summary | basis=COHORT                                  | basis   | cohort or activity
                    summary | include=tests                                 | include | test
                    summary | zone=Berlin                                   | zone    | IANA
                    summary | zone=%2B02:00                                 | zone    | IANA
                    summary | zone=UTC%2B2                                  | zone    | IANA
                    summary | minEvents=-1                                  | minEvents | 0 or more
                    summary | minEvents=many                                | minEvents | whole number
                    summary | measure=entries                               | measure | takes asOf, basis
                    summary | From=2026-03-02T00:00:00Z                     | From    | takes asOf, basis
                    series  | bucket=day                                    | measure | missing
                    series  | measure=entries                               | bucket  | hour or day or week or month
                    series  | measure=entries&bucket=year                   | bucket  | hour or day or week or month
                    series  | measure=visitors&bucket=day                   | measure | entries, entryUsers
                    series  | measure=entryCount&bucket=day                 | measure | measure of the journey
                    series  | measure=entries&bucket=day&node=push          | measure | measure of the node
                    series  | measure=entries.count&bucket=day              | measure | leads nowhere
                    series  | measure=conversionRate.percent&bucket=day     | measure | value, numerator, denominator
                    series  | measure=nodeId&bucket=day&node=push           | measure | entryCount
                    series  | measure=entryCount&bucket=day&node=nowhere    | node    | a node of the journey
                    series  | measure=entries&bucket=hour&from=2000-01-01T00:00:00Z | bucket | 10000 points
                    """)
    void namesTheParameterThatIsWrongAndSaysWhatWasExpected(
            String question, String query, String parameter, String expected) {
        HttpResponse<String> response = server.get("/v1/journeys/onboarding/" + question + "?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = ApiServer.parse(response.body());
        assertThat(problem.get("parameter").textValue()).isEqualTo(parameter);
        assertThat(problem.get("detail").textValue())
                .contains("'" + parameter + "'")
                .contains(expected);
    }

    @Test
    void doesNotKnowAJourneyOfWhichNoEventSpeaks() {
        for (String question : List.of("", "/summary", "/nodes", "/transitions", "/stages", "/versions/1/bpmn")) {
            assertThat(server.get("/v1/journeys/nowhere" + question).statusCode())
                    .as(question)
                    .isEqualTo(404);
        }
        assertThat(server.get("/v1/journeys/no%00where/summary").statusCode()).isEqualTo(404);
        assertThat(server.get("/v1/journeys/nowhere/series?measure=entries&bucket=day")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void waitsUntilTheEventsAskedForArePartOfTheAnswer() {
        CompletableFuture<JsonNode> answer =
                CompletableFuture.supplyAsync(() -> server.json(SUMMARY + "?minEvents=11"));
        while (server.journeys().waiting.isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(answer).isNotDone();

        server.journeys().projected = 11;
        server.journeys().waiting.remove(0).complete(server.journeys().freshness());

        assertThat(answer.join().get("freshness").get("projectedEvents").decimalValue())
                .isEqualByComparingTo(BigDecimal.valueOf(11));
        server.journeys().projected = 10;
    }

    @Test
    void asksToRetryWhereTheEventsDoNotCome() {
        HttpResponse<String> response = server.get(SUMMARY + "?minEvents=1000000");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(response.body()).contains("10 events").contains("1000000");
        server.journeys().waiting.clear();
    }
}
