package io.milepost.analytics.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UsersIT {

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
    void showsWhatIsKnownOfAUserUntilItIsErased() {
        assertThat(server.json("/v1/users/u1/timeline").get("events"))
                .isEqualTo(ApiServer.parse("[{\"time\": \"2026-03-01T10:00:00.123456789Z\","
                        + " \"type\": \"journey.entered\", \"source\": \"/engines/test\", \"id\": \"e1\","
                        + " \"received\": \"2026-03-01T10:00:01.123456789Z\", \"data\": {\"entryId\": \"entry-1\"}}]"));

        assertThat(server.send("DELETE", "/v1/users/u1", "").statusCode()).isEqualTo(204);

        HttpResponse<String> gone = server.get("/v1/users/u1/timeline");
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(gone.body()).doesNotContain("u1");
        assertThat(server.send("DELETE", "/v1/users/u1", "").statusCode()).isEqualTo(204);
    }

    @Test
    void erasesTheUserOfThatVeryId() {
        server.send("DELETE", "/v1/users/anna+news@example.com", "");
        server.send("DELETE", "/v1/users/%C3%BC%2F%252F%20;", "");

        String longest = "\uD83D\uDE00".repeat(200);
        server.send("DELETE", "/v1/users/" + "%F0%9F%98%80".repeat(200), "");

        assertThat(server.journeys().erased).contains("anna+news@example.com", "ü/%2F ;", longest);
    }

    @Test
    void refusesIdsThatCannotBeOne() {
        for (String id : new String[] {"a%00b", "%0A", "x".repeat(201), "%F0%9F%98%80".repeat(201)}) {
            HttpResponse<String> response = server.send("DELETE", "/v1/users/" + id, "");
            assertThat(response.statusCode()).as(id).isEqualTo(400);
            assertThat(response.body()).contains("\"parameter\":\"userId\"");
        }
    }
}
