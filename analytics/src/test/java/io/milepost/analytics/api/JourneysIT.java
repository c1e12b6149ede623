package io.milepost.analytics.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JourneysIT {

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
    void listsJourneysPageByPage() {
        JsonNode first = server.json("/v1/journeys?size=1");
        JsonNode second = server.json("/v1/journeys?size=1&page=1&include=test");

        assertThat(first.get("total").intValue()).isEqualTo(2);
        assertThat(first.get("journeys").findValuesAsText("id")).containsExactly("a b/ü;1+&");
        assertThat(second.get("journeys").findValuesAsText("id")).containsExactly("onboarding");
        assertThat(second.get("journeys").get(0).get("entries").intValue()).isEqualTo(4);
        assertThat(server.json("/v1/journeys?page=2&size=1").get("journeys")).isEmpty();
    }

    @Test
    void searchesByPartOfTheName() {
        assertThat(server.json("/v1/journeys?search=board").get("journeys").findValuesAsText("id"))
                .containsExactly("onboarding");
        assertThat(server.json("/v1/journeys?search=zzz").get("total").intValue())
                .isZero();
    }

    @Test
    void refusesPagesThatCannotBe() {
        for (String query : new String[] {"page=-1", "size=0", "size=1001", "page=a", "page=0&page=1"}) {
            assertThat(server.get("/v1/journeys?" + query).statusCode())
                    .as(query)
                    .isEqualTo(400);
        }
    }

    @Test
    void showsHowEachVersionIsDefined() {
        JsonNode journey = server.json("/v1/journeys/onboarding");

        assertThat(journey.get("name").textValue()).isEqualTo("Onboarding");
        assertThat(journey.get("versions").findValuesAsText("version")).containsExactly("1", "2");
        JsonNode version = journey.get("versions").get(0);
        assertThat(version.get("attributionWindow").textValue()).isEqualTo("PT24H");
        assertThat(version.get("conversionFilter"))
                .isEqualTo(ApiServer.parse(
                        "[{\"attribute\": \"category\", \"op\": \"in\", \"value\": [\"shoes\", \"hats\"]}]"));
        assertThat(version.get("edges").get(0).get("id").isNull()).isTrue();
        assertThat(version.get("bpmn").isNull()).isTrue();
    }

    @Test
    void showsTheVersionAskedFor() {
        assertThat(server.json("/v1/journeys/onboarding?version=2").get("versions"))
                .hasSize(1);
        assertThat(server.get("/v1/journeys/onboarding?version=2&version=3").statusCode())
                .isEqualTo(404);
    }

    @Test
    void knowsAJourneyThatWasNeverDefined() {
        JsonNode journey = server.json("/v1/journeys/a%20b%2F%C3%BC%3B1%2B%26");

        assertThat(journey.get("id").textValue()).isEqualTo("a b/ü;1+&");
        assertThat(journey.get("name").isNull()).isTrue();
        assertThat(journey.get("versions")).isEmpty();
    }

    @Test
    void leadsToTheDiagramAsItWasSent() {
        String path = server.json("/v1/journeys/onboarding?version=2")
                .get("versions")
                .get(0)
                .get("bpmn")
                .textValue();

        HttpResponse<String> diagram = server.get(path);

        assertThat(diagram.headers().firstValue("Content-Type")).hasValue("application/xml");
        assertThat(diagram.body()).isEqualTo(KnownJourneys.BPMN);
        assertThat(server.get("/v1/journeys/onboarding/versions/1/bpmn").statusCode())
                .isEqualTo(404);
        assertThat(server.get("/v1/journeys/onboarding/versions/two/bpmn").statusCode())
                .isEqualTo(404);
    }

    @Test
    void tellsWhatEveryMeasureMeans() {
        JsonNode measures = server.json("/v1/measures").get("measures");

        JsonNode rate = measures.get(9);
        assertThat(rate.get("name").textValue()).isEqualTo("conversionRate");
        assertThat(rate.get("unit").textValue()).isEqualTo("percent");
        assertThat(rate.get("seriesPaths").toString())
                .isEqualTo("[\"conversionRate\",\"conversionRate.value\",\"conversionRate.numerator\","
                        + "\"conversionRate.denominator\"]");
    }
}
