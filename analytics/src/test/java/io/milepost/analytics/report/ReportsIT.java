package io.milepost.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.milepost.analytics.api.ApiServer;
import jakarta.mail.internet.MimeMessage;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports over HTTP, from the order to the file, and over a restart. */
class ReportsIT {

    private static final int ENTRIES = 60_000;
    private static final String LIST =
            "{\"what\": \"users\", \"journeyId\": \"onboarding\", \"format\": \"%s\", \"parameters\": {\"measure\": \"entries\", \"version\": [1, 2]}}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private ApiServer start(Map<String, Object> more) throws Exception {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("milepost.data-dir", folder.toString());
        return ApiServer.startEmpty(settings);
    }

    @Test
    void writesTheFileThatTheDownloadGives() throws Exception {
        try (ApiServer server = start(Map.of())) {
            enter(server, 0, 3);
            HttpResponse<String> ordered = order(server, LIST.formatted("csv"));
            assertThat(ordered.statusCode()).isEqualTo(202);
            String path = ordered.headers().firstValue("Location").orElseThrow();

            JsonNode report = whenWritten(server, path);

            assertThat(report.get("state").textValue()).isEqualTo("done");
            assertThat(report.get("fileName").textValue()).isEqualTo("onboarding-entries-all.csv");
            assertThat(report.get("order").get("what").textValue()).isEqualTo("users");
            HttpResponse<String> file = server.get(path + "/file");
            assertThat(file.body())
                    .isEqualTo(server.get("/v1/journeys/onboarding/users?measure=entries&format=csv")
                            .body());
            assertThat(report.get("bytes").intValue()).isEqualTo(file.body().length());
            assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
                    .contains("onboarding-entries-all.csv");
            assertThat(server.json("/v1/reports").get("reports")).hasSize(1);
            assertThat(server.send("DELETE", path, "").statusCode()).isEqualTo(204);
            assertThat(server.get(path).statusCode()).isEqualTo(404);
            assertThat(server.get(path + "/file").statusCode()).isEqualTo(404);
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void ordersOfEveryKindAreTaken() throws Exception {
        try (ApiServer server = start(Map.of("milepost.reports.at-once", 20))) {
            enter(server, 0, 3);
            for (String what : new String[] {"summary", "nodes", "transitions", "stages", "traffic", "imports"}) {
                done(server, "{\"what\": \"" + what + "\", \"journeyId\": \"onboarding\", \"format\": \"xlsx\"}");
            }
            done(server, "{\"what\": \"journeys\", \"format\": \"csv\"}");
            done(server, "{\"what\": \"mep\", \"format\": \"csv\", \"parameters\": {\"month\": \"2026-03\"}}");
            done(
                    server,
                    "{\"what\": \"series\", \"journeyId\": \"onboarding\", \"format\": \"csv\","
                            + " \"parameters\": {\"measure\": \"entries\", \"bucket\": \"day\"}}");
        }
    }

    private static void done(ApiServer server, String order) throws Exception {
        HttpResponse<String> ordered = order(server, order);
        assertThat(ordered.statusCode()).as(ordered.body()).isEqualTo(202);
        JsonNode report =
                whenWritten(server, ordered.headers().firstValue("Location").orElseThrow());
        assertThat(report.get("state").textValue()).as(order).isEqualTo("done");
    }

    @Test
    void refusesWhatTheDownloadWouldRefuse() throws Exception {
        try (ApiServer server = start(Map.of())) {
            enter(server, 0, 1);
            refuses(server, "[]", 400, "what, journeyId, parameters, format and mailTo");
            refuses(server, "{\"what\": \"nothing\", \"format\": \"csv\"}", 400, "users or summary");
            refuses(server, "{\"what\": \"nodes\", \"format\": \"csv\"}", 400, "id of a journey");
            refuses(server, "{\"what\": \"journeys\", \"format\": \"pdf\"}", 400, "csv or xlsx");
            refuses(server, "{\"what\": \"journeys\", \"format\": \"csv\", \"size\": 3}", 400, "no other field");
            refuses(server, LIST.formatted("csv").replace("entries", "nothing"), 400, "entries, entryUsers");
            refuses(server, LIST.formatted("csv").replace("version", "versions"), 400, "no parameter of this path");
            refuses(server, LIST.formatted("csv").replace("onboarding", "nobody"), 404, "journey");
            assertThat(server.json("/v1/reports").get("reports")).isEmpty();
        }
    }

    private static void refuses(ApiServer server, String order, int status, String detail) {
        HttpResponse<String> answer = order(server, order);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(detail);
    }

    @Test
    void writesNoMoreAtOnceThanItMayAndGoesOnAfterARestart() throws Exception {
        String path;
        try (ApiServer server = start(Map.of("milepost.reports.at-once", 1))) {
            for (int from = 0; from < ENTRIES; from += 10_000) {
                enter(server, from, from + 10_000);
            }
            path = order(server, LIST.formatted("xlsx"))
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            HttpResponse<String> second = order(server, LIST.formatted("csv"));
            assertThat(second.statusCode()).isEqualTo(429);
            assertThat(second.headers().firstValue("Retry-After")).isPresent();
            HttpResponse<String> early = server.get(path + "/file");
            assertThat(early.statusCode())
                    .as("the file of one that is being written")
                    .isEqualTo(409);
        }
        try (ApiServer server = start(Map.of())) {
            JsonNode report = whenWritten(server, path);
            assertThat(report.get("state").textValue()).isEqualTo("done");
            assertThat(report.get("bytes").longValue())
                    .isEqualTo(Files.size(files(".file").get(0)));
        }
    }

    @Test
    void nobodyIsLeftInAReportAfterAnErasure() throws Exception {
        try (ApiServer server = start(Map.of())) {
            enter(server, 0, 3);
            String path = order(server, LIST.formatted("csv"))
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            whenWritten(server, path);

            assertThat(server.send("DELETE", "/v1/users/user-1", "").statusCode())
                    .isEqualTo(204);

            assertThat(server.json(path).get("state").textValue()).isEqualTo("failed");
            assertThat(server.get(path + "/file").statusCode()).isEqualTo(409);
            assertThat(files(".file")).isEmpty();
        }
    }

    @Test
    void tellsByMailThatAReportIsReady() throws Exception {
        GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
        String ready = LIST.formatted("csv").replaceFirst("\\{", "{\"mailTo\": \"anna@example.com\", ");
        try (ApiServer server = start(Map.of(
                "milepost.mail.host",
                "127.0.0.1",
                "milepost.mail.port",
                smtp.getSmtp().getPort(),
                "milepost.mail.from",
                "reports@milepost.example",
                "milepost.reports.address",
                "https://analytics.example.com"))) {
            enter(server, 0, 3);
            String path = order(server, ready).headers().firstValue("Location").orElseThrow();

            assertThat(smtp.waitForIncomingEmail(30_000, 1)).isTrue();

            MimeMessage mail = smtp.getReceivedMessages()[0];
            assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("anna@example.com");
            assertThat(mail.getSubject()).isEqualTo("Report ready: onboarding-entries-all.csv");
            assertThat(GreenMailUtil.getBody(mail))
                    .contains("https://analytics.example.com" + path + "/file")
                    .doesNotContain("user-1");
            refuses(server, ready.replace("anna@example.com", "anna, ben"), 400, "one mail address");
            refuses(server, ready.replace("anna@example.com", "a@b.c\\r\\nBcc: x@y.z"), 400, "one mail address");
        } finally {
            smtp.stop();
        }
        try (ApiServer server = start(Map.of())) {
            refuses(server, ready, 400, "has no mail server");
        }
    }

    @Test
    void reportsExpire() throws Exception {
        try (ApiServer server = start(Map.of("milepost.reports.keep", "PT0.001S"))) {
            enter(server, 0, 1);
            String path = order(server, LIST.formatted("csv"))
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            assertThat(server.get(path).statusCode()).isEqualTo(404);
        }
    }

    private static HttpResponse<String> order(ApiServer server, String order) {
        return server.send("POST", "/v1/reports", order);
    }

    private static JsonNode whenWritten(ApiServer server, String path) throws InterruptedException {
        JsonNode report = ApiServer.parse("{}");
        for (int i = 0; i < 1_200 && !isWritten(report); i++) {
            HttpResponse<String> answer = server.get(path);
            // A service that has just started says 503 until it has read its journal.
            report = ApiServer.parse(answer.statusCode() == 503 ? "{}" : answer.body());
            new CountDownLatch(1).await(isWritten(report) ? 0 : 50, TimeUnit.MILLISECONDS);
        }
        return report;
    }

    private static boolean isWritten(JsonNode report) {
        return report.has("state") && !report.get("state").textValue().equals("running");
    }

    private List<Path> files() throws Exception {
        return files("");
    }

    private List<Path> files(String ending) throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("reports"))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static void enter(ApiServer server, int from, int to) throws Exception {
        String events = IntStream.range(from, to)
                .mapToObj(i -> "{\"specversion\":\"1.0\",\"id\":\"e" + i
                        + "\",\"source\":\"/engines/test\",\"type\":\"journey.entered\",\"time\":\"2026-03-02T10:00:00Z\",\"data\":{"
                        + "\"journeyId\":\"onboarding\",\"version\":1,\"entryId\":\"entry-" + i
                        + "\",\"userId\":\"user-" + i + "\"}}")
                .collect(Collectors.joining("\n"));
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.uri("/v1/events"))
                                .header("Content-Type", "application/x-ndjson")
                                .POST(BodyPublishers.ofString(events))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.body()).contains("\"accepted\":" + (to - from));
        server.json("/v1/journeys?minEvents=" + to);
    }
}
