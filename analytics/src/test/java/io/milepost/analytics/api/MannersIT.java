package io.milepost.analytics.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every path. */
class MannersIT {

    private static ApiServer server;

    @BeforeAll
    static void start() {
        server = ApiServer.start(Map.of("milepost.allowed-hosts", "figures.example.org,[fd00::7]"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/v1", "/v1/nothing", "/v2/journeys", "/v1/journeys/onboarding/figures", "//v1/account"})
    void saysThatThereIsNothingAtAPath(String path) {
        assertProblem(server.get(path), 404, "not-found");
    }

    @Test
    void saysWhichMethodsAPathAnswersTo() {
        HttpResponse<String> response = server.send("POST", "/v1/journeys/onboarding/summary", "{}");

        assertProblem(response, 405, "method-not-allowed");
        assertThat(response.headers().firstValue("Allow").orElseThrow()).contains("GET");
        assertProblem(server.send("PATCH", "/v1/account", "{}"), 405, "method-not-allowed");
    }

    @Test
    void answersHeadWithoutABody() {
        HttpResponse<String> response = server.send("HEAD", "/v1/journeys/onboarding/summary", "");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(server.send("HEAD", "/v1/journeys/nowhere/summary", "").statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "application/json", "text/html, */*;q=0.1", "garbage", ";;;,", ""})
    void servesJsonToWhomItIsAcceptable(String accept) {
        HttpResponse<String> response = server.get("/v1/journeys/onboarding/summary", "Accept", accept);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void refusesToServeWhatIsNotThere() {
        assertProblem(server.get("/v1/journeys/onboarding/summary", "Accept", "text/html"), 406, "not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/journeys/%zz/summary HTTP/1.1",
                "GET /v1/journeys/%/summary HTTP/1.1",
                "GET /v1/journeys/%FF%FE/summary HTTP/1.1",
                "GET /v1/journeys/a\u0000b/summary HTTP/1.1",
                "GET /v1/journeys/<>\"{}|\\^`/summary HTTP/1.1",
                "GET /v1/journeys/onboarding/summary?a=%zz HTTP/1.1",
                "GET /v1/journeys/onboarding/summary?variant=%FF HTTP/1.1",
                "GET /v1/journeys/onboarding/summary?variant=a b HTTP/1.1",
                "GET /v1/journeys/onboarding/summary?=1 HTTP/1.1",
                "GET /v1/journeys/onboarding/summary?from HTTP/1.1",
                "GET /swagger-ui/../application.yml HTTP/1.1",
                "GET /swagger-ui/%2e%2e/application.yml HTTP/1.1",
                "GET /swagger-ui/..%2fapplication.yml HTTP/1.1",
                "GET * HTTP/1.1",
                "GET v1 HTTP/1.1",
                "FOO /v1/account HTTP/1.1",
                "GARBAGE"
            })
    void answersOddRequestsWithAProblem(String line) {
        String answer = server.raw(line, "Host: localhost");

        assertThat(answer).matches("(?s)HTTP/1\\.[01] 4\\d\\d .*");
        assertThat(answer.toLowerCase(Locale.ROOT)).contains("application/problem+json");
        assertThat(answer).doesNotContain("micronaut", "netty", "Exception", "java.");
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThat(server.raw("GET /v1/account?" + "x".repeat(100_000) + " HTTP/1.1", "Host: localhost"))
                .matches("(?s)HTTP/1\\.[01] 4\\d\\d .*");
        assertThat(server.raw("GET /v1/account HTTP/1.1", "Host: localhost", "X: " + "x".repeat(100_000)))
                .matches("(?s)HTTP/1\\.[01] 4\\d\\d .*");
    }

    @Test
    void tellsNothingOfTheInsideWhenItFails() {
        HttpResponse<String> response = server.get("/v1/journeys?search=fault");

        assertProblem(response, 500, "unexpected");
        assertThat(response.body()).doesNotContain("internal matter", "Exception", "io.milepost");
    }

    @Test
    void refusesParametersWhereNoneAreTaken() {
        for (String path : new String[] {"/v1/account", "/v1/measures", "/v1/journeys/onboarding/versions/2/bpmn"}) {
            HttpResponse<String> response = server.get(path + "?pretty=true");
            assertProblem(response, 400, "invalid-parameter");
            assertThat(response.body()).contains("'pretty' is no parameter of this path");
        }
        assertProblem(server.send("DELETE", "/v1/users/u1?force=true", ""), 400, "invalid-parameter");
        assertThat(server.journeys().erased).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST.:99",
                "127.0.0.1:8080",
                "127.9.9.9",
                "[::1]:8080",
                "figures.example.org",
                "Figures.Example.org:443",
                "[fd00::7]:8080"
            })
    void answersForItsOwnHosts(String host) {
        assertThat(server.raw("GET /v1/account HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "127.0.0.1.evil.example",
                "localhost.evil.example:8080",
                "evil.example:80@localhost",
                "a@localhost",
                "10.0.0.1",
                "127.0.0.256",
                "0.0.0.0",
                "[::2]",
                ""
            })
    void refusesForeignHosts(String host) {
        for (String path : new String[] {"/v1/account", "/v1/nothing", "/health", "/prometheus", "/swagger-ui/"}) {
            String answer = server.raw("GET " + path + " HTTP/1.1", "Host: " + host);
            assertThat(answer).as(path).startsWith("HTTP/1.1 403 ").contains("foreign-host");
        }
    }

    @Test
    void refusesASecondHost() {
        assertThat(server.raw("GET /v1/account HTTP/1.1", "Host: localhost", "Host: evil.example"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void answersOldClientsThatNameNoHost() {
        assertThat(server.raw("GET /v1/account HTTP/1.0")).startsWith("HTTP/1.0 200 ");
    }

    @Test
    void tellsBrowsersToStayCareful() {
        for (String path : new String[] {"/v1/account", "/v1/nothing", "/swagger-ui/", "/openapi.yml"}) {
            HttpResponse<String> response = server.get(path);
            assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .startsWith(path.startsWith("/v1/") ? "default-src 'none'" : "default-src 'self'");
        }
        assertThat(server.get("/v1/account").headers().firstValue("Cache-Control"))
                .hasValue("no-store");
    }

    @Test
    void tellsItsHealthAndItsMetrics() {
        assertThat(server.json("/health").get("status").textValue()).isEqualTo("UP");
        assertThat(server.json("/health/readiness").get("status").textValue()).isEqualTo("UP");
        assertThat(server.get("/prometheus").body()).contains("# HELP jvm_memory_used_bytes");
    }

    private static void assertProblem(HttpResponse<String> response, int status, String type) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = ApiServer.parse(response.body());
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("type").textValue()).isEqualTo("urn:milepost:problem:" + type);
        assertThat(problem.get("title").textValue()).isNotBlank();
        assertThat(problem.get("detail").textValue()).isNotBlank();
    }
}
