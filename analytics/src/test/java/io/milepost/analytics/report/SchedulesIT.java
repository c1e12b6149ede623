package io.milepost.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.milepost.analytics.api.ApiServer;
import java.io.IOException;
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
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules of reports over HTTP, with a clock that the test sets, and over restarts. */
class SchedulesIT {

    private static final String DAILY =
            "{\"every\": \"day\", \"at\": \"06:00\", \"range\": \"previous\", \"report\": {\"what\": \"summary\","
                    + " \"journeyId\": \"onboarding\", \"format\": \"csv\"}}";
    private static final String MONTHLY =
            "{\"every\": \"month\", \"at\": \"06:00\", \"dayOfMonth\": 1, \"range\": \"previous\","
                    + " \"report\": {\"what\": \"mep\", \"format\": \"csv\"}}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** Looks at its schedules 50 times a second. */
    private ApiServer start(String now, Map<String, Object> more) {
        SettableClock.set(now);
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("milepost.data-dir", folder.toString());
        settings.put("settable-clock", true);
        settings.put("milepost.reports.look", "PT0.02S");
        return ApiServer.startEmpty(settings);
    }

    private ApiServer start(String now) {
        return start(now, Map.of());
    }

    @Test
    void aReportIsThereWhenItIsDueAndIsOfTheDayBefore() throws Exception {
        try (ApiServer server = start("2026-03-03T10:00:00Z")) {
            server.send("PUT", "/v1/account", "{\"name\": \"Shop\", \"zone\": \"Europe/Berlin\"}");
            enter(server, "2026-03-02T22:59:59Z", "2026-03-02T23:00:00Z", "2026-03-03T09:00:00Z");
            JsonNode schedule = add(server, DAILY);
            assertThat(schedule.get("nextAt").textValue()).isEqualTo("2026-03-04T05:00:00Z");
            assertThat(schedule.has("ranFor")).isFalse();

            SettableClock.set("2026-03-04T04:59:59Z");
            settle();
            assertThat(reports(server)).isEmpty();

            SettableClock.set("2026-03-04T05:00:00Z");
            JsonNode report = whenDone(server, 1);

            assertThat(report.get("scheduleId")).isEqualTo(schedule.get("id"));
            assertThat(report.get("order").get("parameters"))
                    .isEqualTo(ApiServer.parse(
                            "{\"from\": [\"2026-03-02T23:00:00Z\"], \"to\": [\"2026-03-03T23:00:00Z\"]}"));
            assertThat(server.get("/v1/reports/" + report.get("id").textValue() + "/file")
                            .body())
                    .contains("\r\nentries,2\r\n");
            JsonNode after =
                    server.json("/v1/report-schedules").get("schedules").get(0);
            assertThat(after.get("ranFor").textValue()).isEqualTo("2026-03-04T05:00:00Z");
            assertThat(after.get("nextAt").textValue()).isEqualTo("2026-03-05T05:00:00Z");
            settle();
            assertThat(reports(server)).hasSize(1);
        }
    }

    @Test
    void ofWhatWasMissedTheLastIsMadeUpForOnce() throws Exception {
        try (ApiServer server = start("2026-03-03T10:00:00Z")) {
            enter(server, "2026-03-02T10:00:00Z");
            add(server, DAILY);
        }
        try (ApiServer server = start("2026-03-06T12:00:00Z")) {
            JsonNode report = whenDone(server, 1);
            assertThat(report.get("order").get("parameters").get("to").get(0).textValue())
                    .isEqualTo("2026-03-06T00:00:00Z");
        }
        try (ApiServer server = start("2026-03-07T05:00:00Z")) {
            settle();
            assertThat(reports(server)).hasSize(1);
            SettableClock.set("2026-03-07T06:00:00Z");
            whenDone(server, 2);
        }
    }

    @Test
    void aHaltAfterTheOrderMakesNoSecondReport() throws Exception {
        Path kept;
        String before;
        try (ApiServer server = start("2026-03-03T10:00:00Z")) {
            enter(server, "2026-03-02T10:00:00Z");
            String id = add(server, DAILY).get("id").textValue();
            kept = folder.resolve("reports/schedules/" + id + ".json");
            before = Files.readString(kept);
            SettableClock.set("2026-03-04T06:00:00Z");
            whenDone(server, 1);
            settle();
        }
        // As if it had been killed before it noted that it had ordered.
        Files.writeString(kept, before);
        try (ApiServer server = start("2026-03-04T07:00:00Z")) {
            settle();
            assertThat(reports(server)).hasSize(1);
            assertThat(server.json("/v1/report-schedules").get("schedules").findValuesAsText("ranFor"))
                    .containsExactly("2026-03-04T06:00:00Z");
        }
    }

    @Test
    void theMonthsPersonsComeAfterTheMonthByMail() throws Exception {
        GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
        try (ApiServer server = start(
                "2026-03-03T10:00:00Z",
                Map.of(
                        "milepost.mail.host",
                        "127.0.0.1",
                        "milepost.mail.port",
                        smtp.getSmtp().getPort(),
                        "milepost.mail.from",
                        "reports@milepost.example"))) {
            enter(server, "2026-03-02T10:00:00Z");
            add(server, MONTHLY.replace("\"what\"", "\"mailTo\": \"anna@example.com\", \"what\""));
            SettableClock.set("2026-04-01T06:00:00Z");

            assertThat(smtp.waitForIncomingEmail(30_000, 1)).isTrue();

            JsonNode report = whenDone(server, 1);
            assertThat(report.get("fileName").textValue()).isEqualTo("engaged-persons-2026-03.csv");
            assertThat(smtp.getReceivedMessages()[0].getSubject())
                    .isEqualTo("Report ready: engaged-persons-2026-03.csv");
            assertThat(GreenMailUtil.getBody(smtp.getReceivedMessages()[0]))
                    .contains("/v1/reports/" + report.get("id").textValue() + "/file");
        } finally {
            smtp.stop();
        }
    }

    @Test
    void whatTheDownloadRefusesWhenDueIsAReportThatFailed() throws Exception {
        try (ApiServer server = start("2026-03-03T10:00:00Z")) {
            enter(server, "2026-03-02T10:00:00Z");
            add(server, DAILY);
        }
        Path kept = onlyFile();
        Files.writeString(kept, Files.readString(kept).replace("onboarding", "nobody"));
        try (ApiServer server = start("2026-03-04T07:00:00Z")) {
            JsonNode report = whenDone(server, 1);
            assertThat(report.get("state").textValue()).isEqualTo("failed");
            assertThat(report.get("error").textValue()).contains("journey");
            settle();
            assertThat(reports(server)).hasSize(1);
        }
    }

    private Path onlyFile() throws IOException {
        try (var files = Files.list(folder.resolve("reports/schedules"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    @Test
    void whenNoMoreReportsMayBeWrittenItWaitsForItsTurn() throws Exception {
        try (ApiServer server = start("2026-03-03T10:00:00Z", Map.of("milepost.reports.at-once", 1))) {
            enter(server, "2026-03-02T10:00:00Z");
            for (int i = 0; i < 5; i++) {
                add(server, DAILY);
            }
            SettableClock.set("2026-03-04T06:00:00Z");
            whenDone(server, 5);
        }
    }

    @Test
    void endsWhenItIsDeleted() throws Exception {
        try (ApiServer server = start("2026-03-03T10:00:00Z")) {
            enter(server, "2026-03-02T10:00:00Z");
            String path = "/v1/report-schedules/" + add(server, DAILY).get("id").textValue();
            assertThat(server.get(path).statusCode()).isEqualTo(200);
            assertThat(server.send("DELETE", path, "").statusCode()).isEqualTo(204);
            assertThat(server.send("DELETE", path, "").statusCode()).isEqualTo(404);
            assertThat(server.get(path).statusCode()).isEqualTo(404);
            SettableClock.set("2026-03-05T06:00:00Z");
            settle();
            assertThat(reports(server)).isEmpty();
        }
        try (ApiServer server = start("2026-03-06T06:00:00Z")) {
            assertThat(server.json("/v1/report-schedules").get("schedules")).isEmpty();
        }
    }

    @Test
    void refusesWhatItDoesNotUnderstandAndSaysWhatItDoes() throws Exception {
        try (ApiServer server = start("2026-03-03T10:00:00Z", Map.of("milepost.reports.schedules", 1))) {
            enter(server, "2026-03-02T10:00:00Z");
            refuses(server, "[]", 400, "every, at, weekday or dayOfMonth, range and report");
            refuses(server, DAILY.replace("\"day\"", "\"hour\""), 400, "day or week or month");
            refuses(server, DAILY.replace("06:00", "6 am"), 400, "such as 06:00");
            refuses(server, DAILY.replace("06:00", "24:00"), 400, "such as 06:00");
            refuses(server, DAILY.replace("\"at\"", "\"dayOfMonth\": 1, \"at\""), 400, "leave it out");
            refuses(server, DAILY.replace("\"day\"", "\"week\""), 400, "monday or tuesday");
            refuses(server, DAILY.replace("previous", "next"), 400, "previous or all");
            refuses(server, DAILY.replace("\"at\"", "\"when\""), 400, "no other field");
            refuses(server, "{\"every\": \"day\", \"at\": \"06:00\"}", 400, "order of a report");
            refuses(server, DAILY.replace("summary", "everything"), 400, "users or summary");
            refuses(server, DAILY.replace("onboarding", "nobody"), 404, "journey");
            refuses(server, DAILY.replace("summary", "users"), 400, "'measure' is missing");
            refuses(server, DAILY.replace("\"what\"", "\"mailTo\": \"a@b.de\", \"what\""), 400, "no mail server");
            refuses(
                    server,
                    DAILY.replace("\"what\"", "\"parameters\": {\"from\": \"2026-03-01T00:00:00Z\"}, \"what\""),
                    400,
                    "leave 'from' out");
            refuses(server, MONTHLY.replace("\"dayOfMonth\": 1", "\"dayOfMonth\": 32"), 400, "from 1 to 31");
            refuses(
                    server,
                    MONTHLY.replace("\"month\"", "\"day\"").replace("\"dayOfMonth\": 1, ", ""),
                    400,
                    "'every' is month");
            assertThat(server.json("/v1/report-schedules").get("schedules")).isEmpty();
            add(server, DAILY);
            refuses(server, DAILY, 409, "delete one first");
        }
    }

    private static void refuses(ApiServer server, String body, int status, String detail) {
        HttpResponse<String> answer = server.send("POST", "/v1/report-schedules", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(detail);
    }

    private static JsonNode add(ApiServer server, String body) {
        HttpResponse<String> answer = server.send("POST", "/v1/report-schedules", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode schedule = ApiServer.parse(answer.body());
        assertThat(answer.headers().firstValue("Location"))
                .hasValue("/v1/report-schedules/" + schedule.get("id").textValue());
        return schedule;
    }

    private static List<JsonNode> reports(ApiServer server) {
        return StreamSupport.stream(server.json("/v1/reports").get("reports").spliterator(), false)
                .toList();
    }

    /** The newest, once there are so many that have ended. */
    private static JsonNode whenDone(ApiServer server, int count) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            List<JsonNode> reports = reports(server);
            if (reports.size() == count
                    && reports.stream()
                            .noneMatch(report -> report.get("state").textValue().equals("running"))) {
                return reports.get(0);
            }
            new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("not " + count + " reports: " + reports(server));
    }

    /** Longer than several looks. */
    private static void settle() throws InterruptedException {
        new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS);
    }

    private static void enter(ApiServer server, String... times) throws Exception {
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < times.length; i++) {
            events.append("{\"specversion\":\"1.0\",\"id\":\"e" + i
                    + "\",\"source\":\"/engines/test\",\"type\":\"journey.entered\",\"time\":\"" + times[i]
                    + "\",\"data\":{\"journeyId\":\"onboarding\",\"version\":1,\"entryId\":\"entry-" + i
                    + "\",\"userId\":\"user-" + i + "\"}}\n");
        }
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.uri("/v1/events"))
                                .header("Content-Type", "application/x-ndjson")
                                .POST(BodyPublishers.ofString(events.toString()))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.body()).contains("\"accepted\":" + times.length);
        server.json("/v1/journeys?minEvents=" + times.length);
    }
}
