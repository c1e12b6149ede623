package io.milepost.analytics.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FiguresIT {

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
    void showsTheSummary() {
        var r = server.get("/v1/journeys/onboarding/summary");
        System.out.println(r.headers().map() + r.body());
        for (String p : new String[] {
            "/v1/nothing",
            "/v1/journeys",
            "/v1/journeys/onboarding",
            "/v1/journeys/onboarding/versions/2/bpmn",
            "/v1/journeys/onboarding/versions/x/bpmn",
            "/v1/journeys/onboarding/nodes",
            "/v1/journeys/onboarding/transitions",
            "/v1/journeys/onboarding/stages",
            "/v1/journeys/onboarding/series?measure=entries&bucket=day",
            "/v1/journeys/onboarding/series?measure=conversionRate&bucket=day&zone=Europe/Berlin",
            "/v1/measures",
            "/v1/account",
            "/v1/users/u1/timeline",
            "/v1/users/u2/timeline",
            "/health",
            "/health/readiness",
            "/prometheus",
            "/swagger-ui",
            "/swagger-ui/",
            "/swagger-ui/start.js",
            "/openapi.yml",
            "/v1/journeys/onboarding/summary?foo=1",
            "/v1/journeys/onboarding/summary?from=x",
            "/v1/journeys/onboarding/summary?from=2026-03-01T00:00:00%2B01:00&from=1",
            "/v1/journeys/onboarding/summary?variant=a,b&version=1&version=2",
            "/v1/journeys/a%20b%2F%C3%BC;1+&/summary",
            "/v1/journeys/a%20b%2F%C3%BC%3B1%2B%26/summary",
            "/",
            "/v1",
            "/favicon.ico"
        }) {
            var x = server.get(p);
            String b = x.body();
            System.out.println(p + " -> " + x.statusCode() + " "
                    + x.headers().firstValue("content-type").orElse("") + " "
                    + b.substring(0, Math.min(400, b.length())));
        }
        System.out.println(server.journeys().asked);
        for (String[] p : new String[][] {
            {"POST", "/v1/journeys", ""},
            {"PUT", "/v1/account", "{\"zone\":\"Europe/Berlin\",\"subscription\":5}"},
            {"PUT", "/v1/account", "{"},
            {"PUT", "/v1/account", ""},
            {"PUT", "/v1/account", "[]"},
            {"PUT", "/v1/account", "{\"x\":1}"},
            {"DELETE", "/v1/users/u1", ""},
            {"HEAD", "/v1/account", ""},
            {"OPTIONS", "/v1/account", ""},
            {"PATCH", "/v1/account", "x"},
            {"DELETE", "/v1/users/a%00b", ""},
            {"FOO", "/v1/account", ""}
        }) {
            var x = server.send(p[0], p[1], p[2]);
            String b = x.body();
            System.out.println(p[0] + p[1] + " -> " + x.statusCode() + " "
                    + x.headers().firstValue("content-type").orElse("") + " "
                    + x.headers().firstValue("allow") + b.substring(0, Math.min(400, b.length())));
        }
        for (String[] h : new String[][] {
            {"Accept", "text/html"},
            {"Accept", "*/*"},
            {"Accept", "application/*"},
            {"Accept", "garbage"},
            {"Accept", ";;;,"},
            {"Accept", "text/html, */*;q=0.1"},
            {"Accept", "application/json;q=0"},
            {"Accept", "application/problem+json"},
            {"Accept-Encoding", "gzip"},
            {"Accept", ""},
            {"Accept", "application/json;charset=foo;q=x"}
        }) {
            var x = server.get("/v1/account", h);
            System.out.println(String.join(":", h) + " -> " + x.statusCode() + " "
                    + x.headers().map() + x.body().length());
        }
        for (String l : new String[] {
            "GET /v1/account?a=%zz HTTP/1.1",
            "GET /v1/journeys/%zz/summary HTTP/1.1",
            "GET /v1/journeys/%/summary HTTP/1.1",
            "GET /v1/journeys/%FF%FE/summary HTTP/1.1",
            "GET /v1/journeys/a\u0000b/summary HTTP/1.1",
            "GET /v1/journeys/onboarding/summary?variant=%FF HTTP/1.1",
            "GET /v1/journeys/onboarding/summary?variant=\u00e4 HTTP/1.1",
            "GET /v1/journeys/onboarding/summary?variant=a b HTTP/1.1",
            "GET /v1/journeys/onboarding/summary?variant=%00 HTTP/1.1",
            "GET /v1/journeys/onboarding/summary?from=2026-03-01T00:00:00+01:00&zone=Etc/GMT+3 HTTP/1.1",
            "GET http://evil.example/v1/account HTTP/1.1",
            "GET /v1/journeys/onboarding/summary?" + "x".repeat(100000) + " HTTP/1.1",
            "GET /v1/journeys/onboarding/summary?version=" + "1&version=".repeat(2000) + "1 HTTP/1.1",
            "GARBAGE",
            "GET v1 HTTP/1.1",
            "GET * HTTP/1.1",
            "GET /v1/journeys/<>\"{}|\\^`/summary HTTP/1.1",
            "GET //v1/account HTTP/1.1",
            "GET /v1/../v1/account HTTP/1.1",
            "GET /swagger-ui/../application.yml HTTP/1.1",
            "GET /swagger-ui/%2e%2e/application.yml HTTP/1.1",
            "GET /v1/journeys/onboarding/summary?& HTTP/1.1",
            "GET /v1/journeys/onboarding/summary?=1 HTTP/1.1",
            "GET /v1/journeys/onboarding/summary?from HTTP/1.1",
            "GET /v1/account/ HTTP/1.1",
            "GET /v1/journeys//summary HTTP/1.1",
            "GET /V1/account HTTP/1.1",
            "GET /v1/account#x HTTP/1.1"
        }) {
            String a = server.raw(l, "Host: localhost");
            System.out.println(l.substring(0, Math.min(80, l.length())) + " -> "
                    + a.substring(0, Math.min(14, a.length())) + " | "
                    + a.substring(Math.max(0, a.indexOf("\r\n\r\n")), Math.min(a.length(), a.indexOf("\r\n\r\n") + 300))
                            .strip());
        }
        for (String h : new String[] {
            "Host: evil.example",
            "Host: localhost:99",
            "Host: [::1]:8080",
            "Host: 127.9.9.9",
            "Host:",
            "X: y",
            "Host: localhost\r\nHost: evil",
            "Host: LOCALHOST.",
            "Host: 127.0.0.1.evil.com",
            "Host: a@localhost",
            "Host: localhost:8080:1"
        }) {
            String a = server.raw("GET /v1/account HTTP/1.1", h);
            System.out.println(h + " -> " + a.substring(0, Math.min(300, a.length())));
        }
        String a = server.raw("GET /v1/account HTTP/1.0");
        System.out.println("1.0 -> " + a);
        JsonNode n = server.json("/v1/account");
        assertThat(n.get("name").textValue()).isEqualTo("Milepost");
    }
}
