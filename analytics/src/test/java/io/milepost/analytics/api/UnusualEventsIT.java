package io.milepost.analytics.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Values that the event contract allows and nobody expects, on their way through a real server. */
class UnusualEventsIT {

    private static ApiServer server;

    @BeforeAll
    static void start() {
        server = ApiServer.startEmpty();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void showsNumbersThatNoTypeHolds() {
        long accepted = post(
                event(
                        "1",
                        "journey.defined",
                        "numbers",
                        ", 'conversionEvent': 'buy', 'conversionFilter':"
                                + " [{'attribute': 'a', 'op': 'lt', 'value': 1E+999999999}]"),
                event(
                        "2",
                        "journey.outcome",
                        "numbers",
                        ENTRY + ", 'nodeId': 'ask', 'name': 'rating',"
                                + " 'value': -1.5e-999999999, 'later': [1e99999999999999, 0.10, " + "7".repeat(2_000)
                                + "]"));
        String list = "/v1/journeys/numbers/users?measure=outcomes&node=ask";

        assertThat(body("/v1/journeys/numbers?minEvents=" + accepted)).contains("\"value\":1E+999999999}");
        assertThat(body(list)).contains("\"value\":-1.5E-999999999}");
        assertThat(body(list + "&format=csv")).contains(",rating,-1.5E-999999999,");
        assertThat(server.get(list + "&format=xlsx").statusCode()).isEqualTo(200);
        assertThat(body("/v1/users/u-1/timeline"))
                .contains("\"value\":-1.5e-999999999,")
                .contains("\"later\":[1e99999999999999,0.10," + "7".repeat(2_000) + "]")
                .contains("\"version\":1,");
    }

    @Test
    void findsWhoseIdsAreOfTwoHundredCharactersBeyondTheBasicPlane() {
        String id = "\uD83D\uDE00".repeat(200);
        String path = "%F0%9F%98%80".repeat(200);
        long accepted = post(event(
                "3",
                "journey.node.exited",
                id,
                ENTRY.replace("u-1", id) + ", 'nodeId': '" + id + "', 'visitId': 'v', 'outcome': '" + id + "'"));

        assertThat(server.json("/v1/journeys/" + path + "/summary?minEvents=" + accepted)
                        .get("entries")
                        .intValue())
                .isEqualTo(1);
        assertThat(server.json("/v1/journeys/" + path + "/series?bucket=day&node=" + path + "&measure=outcomes." + path
                                + ".count")
                        .at("/points/0/value")
                        .intValue())
                .isEqualTo(1);
        assertThat(server.json("/v1/users/" + path + "/timeline").get("events")).hasSize(1);
        assertThat(server.send("DELETE", "/v1/users/" + path, "").statusCode()).isEqualTo(204);
        assertThat(server.get("/v1/users/" + path + "/timeline").statusCode()).isEqualTo(404);
    }

    private static final String ENTRY = ", 'entryId': 'n-1', 'userId': 'u-1'";

    private static String event(String id, String type, String journey, String data) {
        return ("{'specversion': '1.0', 'id': '%s', 'source': '/s', 'type': '%s', 'time': '2026-03-01T12:00:00Z',"
                        + " 'data': {'journeyId': '%s', 'version': 1%s}}\n")
                .formatted(id, type, journey, data)
                .replace('\'', '"');
    }

    private static long post(String... events) {
        HttpResponse<String> response = server.post(String.join("", events));
        assertThat(ApiServer.parse(response.body()).get("accepted").intValue())
                .as(response.body())
                .isEqualTo(events.length);
        return ApiServer.parse(response.body()).get("acceptedEvents").longValue();
    }

    private static String body(String path) {
        HttpResponse<String> response = server.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }
}
