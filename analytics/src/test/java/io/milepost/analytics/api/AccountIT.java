package io.milepost.analytics.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountIT {

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
    void changesWhatTheBodyNamesAndKeepsTheRest() {
        put("{\"name\": \"Shop\", \"zone\": \"Europe/Berlin\", \"subscription\": 50000}");
        put("{\"zone\": \"America/New_York\"}");

        assertThat(server.get("/v1/account").body())
                .isEqualTo("{\"name\":\"Shop\",\"zone\":\"America/New_York\",\"subscription\":50000}");

        put("{\"subscription\": null}");

        assertThat(server.json("/v1/account").get("subscription").isNull()).isTrue();
    }

    private static void put(String body) {
        assertThat(server.send("PUT", "/v1/account", body).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"zone": "Berlin"}          | zone
                    {"zone": "+02:00"}          | zone
                    {"zone": null}              | zone
                    {"name": ""}                | name
                    {"name": " "}               | name
                    {"name": 7}                 | name
                    {"name": "a\\u0000b"}       | name
                    {"subscription": -1}        | subscription
                    {"subscription": 1.5}       | subscription
                    {"subscription": "1"}       | subscription
                    {"subscription": 1e30}      | subscription
                    {"plan": "gold"}            | plan
                    """)
    void namesTheFieldThatIsWrong(String body, String field) {
        HttpResponse<String> response = server.send("PUT", "/v1/account", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(ApiServer.parse(response.body()).get("field").textValue()).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "nothing",
            textBlock =
                    """
                    nothing
                    {
                    []
                    7
                    null
                    """)
    void refusesBodiesThatAreNoAccount(String body) {
        HttpResponse<String> response = server.send("PUT", "/v1/account", body == null ? "" : body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("ody");
    }
}
