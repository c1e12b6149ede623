package io.milepost.analytics.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is behind the figures, over HTTP: pages, filters, files and refusals. */
class ListsIT {

    private static final String USERS = "/v1/journeys/onboarding/users";

    private static ApiServer server;
    private static final List<String> EVENTS = new ArrayList<>();

    /**
     * Ten users enter; all get a push, odd ones on ios; 3 and 6 fail; 1, 2 and 4 click; 1 buys. User 9 is called as a
     * formula.
     */
    @BeforeAll
    static void start() throws Exception {
        server = ApiServer.startEmpty();
        event(
                "journey.defined",
                0,
                "\"journeyId\":\"onboarding\",\"version\":1,\"name\":\"Onboarding\",\"conversionEvent\":\"purchase\","
                        + "\"nodes\":[{\"id\":\"welcome\",\"type\":\"send\",\"channel\":\"push\"}],"
                        + "\"stages\":[{\"id\":\"greeted\",\"name\":\"Greeted\",\"nodes\":[\"welcome\"]}]");
        for (int i = 0; i < 10; i++) {
            String user = i == 9 ? "=user,9" : "user-" + i;
            String entry = "\"journeyId\":\"onboarding\",\"version\":1,\"entryId\":\"entry-" + i + "\",\"userId\":\""
                    + user + "\"";
            event("journey.entered", i, entry);
            event("journey.node.entered", i + 10, entry + ",\"nodeId\":\"welcome\",\"visitId\":\"v" + i + "\"");
            String message = ",\"nodeId\":\"welcome\",\"messageId\":\"m" + i + "\",\"channel\":\"push\",\"platform\":\""
                    + (i % 2 == 0 ? "android" : "ios") + "\"";
            boolean fails = i == 3 || i == 6;
            event(
                    fails ? "journey.message.failed" : "journey.message.sent",
                    i + 20,
                    entry
                            + message
                            + (fails
                                    ? ",\"reason\":\"token-expired\""
                                    : ",\"cost\":{\"amount\":0.01,\"currency\":\"EUR\"}"));
            if (i == 1 || i == 2 || i == 4) {
                event(
                        "journey.message.engaged",
                        i + 30,
                        "\"messageId\":\"m" + i + "\",\"kind\":\"clicked\",\"link\":\"https://example.com/" + i + "\"");
            }
        }
        event(
                "user.acted",
                55,
                "\"userId\":\"user-1\",\"name\":\"purchase\",\"value\":{\"amount\":\"9.90\",\"currency\":\"EUR\"}");
        event(
                "journey.import.finished",
                50,
                "\"journeyId\":\"onboarding\",\"importId\":\"i1\",\"connection\":\"sftp\",\"file\":\"@f.csv\",\"total\":3,"
                        + "\"valid\":1,\"invalid\":2,\"errors\":[{\"row\":2,\"reason\":\"empty\"},{\"row\":3,\"reason\":\"invalid-mail\"}]");
        event("journey.entry.rejected", 40, "\"journeyId\":\"onboarding\",\"version\":1,\"reason\":\"capped\"");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.uri("/v1/events"))
                                .header("Content-Type", "application/x-ndjson")
                                .POST(BodyPublishers.ofString(String.join("\n", EVENTS)))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.body()).contains("\"accepted\":" + EVENTS.size());
    }

    private static void event(String type, int second, String data) {
        EVENTS.add("{\"specversion\":\"1.0\",\"id\":\"e" + EVENTS.size() + "\",\"source\":\"/engines/test\",\"type\":\""
                + type + "\",\"time\":\"2026-03-02T10:00:" + (second < 10 ? "0" : "") + second + "Z\",\"data\":{" + data
                + "}}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String fresh(String query) {
        return USERS + "?" + query + "&minEvents=" + EVENTS.size();
    }

    private static JsonNode list(String query) {
        return server.json(fresh(query));
    }

    @Test
    void showsWhoFailedOnWhichPlatformAndWhy() {
        JsonNode answer = list("measure=failedCount&node=welcome&platform=ios");

        assertThat(answer.get("total").intValue()).isEqualTo(1);
        assertThat(answer.get("users").get(0))
                .isEqualTo(ApiServer.parse(
                        "{\"userId\":\"user-3\",\"time\":\"2026-03-02T10:00:23Z\",\"entryId\":\"entry-3\","
                                + "\"nodeId\":\"welcome\",\"version\":1,\"startedAt\":\"2026-03-02T10:00:03Z\","
                                + "\"messageId\":\"m3\",\"status\":\"failed\",\"channel\":\"push\",\"platform\":\"ios\","
                                + "\"reason\":\"token-expired\"}"));
    }

    @Test
    void showsWhatWasClicked() {
        JsonNode answer = list("measure=engagements&node=welcome&kind=clicked");

        assertThat(answer.get("users").findValuesAsText("link"))
                .containsExactly("https://example.com/1", "https://example.com/2", "https://example.com/4");
        assertThat(list("measure=engagements.clicked.users&node=welcome&platform=android")
                        .get("users")
                        .findValuesAsText("userId"))
                .containsExactly("user-2", "user-4");
        assertThat(list("measure=notClicked&node=welcome").get("users").findValuesAsText("userId"))
                .containsExactly("user-0", "user-5", "user-7", "user-8", "=user,9");
    }

    @Test
    void showsConversionsAndRejections() {
        assertThat(list("measure=convertedUsers").get("users").findValuesAsText("userId"))
                .containsExactly("user-1");
        assertThat(list("measure=notConverted").get("total").intValue()).isEqualTo(9);
        JsonNode goal = list("measure=goalEvents").get("users").get(0);
        assertThat(goal.get("event").textValue()).isEqualTo("purchase");
        assertThat(goal.get("amount").textValue()).isEqualTo("9.9");
        JsonNode rejected = list("measure=rejectedEntries").get("users").get(0);
        assertThat(rejected.get("reason").textValue()).isEqualTo("capped");
        assertThat(rejected.has("userId")).isFalse();
    }

    @Test
    void showsWhoIsBehindAStage() {
        assertThat(list("measure=completedUsers&stage=greeted").get("users").findValuesAsText("userId"))
                .containsExactly("user-1");
        assertThat(list("measure=waiting&stage=greeted").get("total").intValue())
                .isEqualTo(9);
        assertThat(list("measure=dropOffRate&stage=greeted").get("users")).isEmpty();
        refuses(USERS + "?measure=entries&stage=greeted", "measure", "enteredUsers, completedUsers");
        refuses(USERS + "?measure=enteredUsers&stage=nowhere", "stage", "id of a stage");
        refuses(USERS + "?measure=enteredUsers&stage=greeted&node=welcome", "stage", "beside 'node'");
        assertThat(server.get(fresh("measure=enteredUsers&stage=greeted&format=csv"))
                        .headers()
                        .firstValue("Content-Disposition")
                        .orElseThrow())
                .contains("onboarding-greeted-enteredUsers-all.csv");
    }

    @Test
    void showsWhoTookATransition() {
        assertThat(list("measure=entryCount&node=welcome&fromNode=&edge=")
                        .get("total")
                        .intValue())
                .isEqualTo(10);
        assertThat(list("measure=entryUserCount&node=welcome&fromNode=welcome").get("users"))
                .isEmpty();
        assertThat(list("measure=entryCount&node=welcome&edge=flow-1").get("users"))
                .isEmpty();
        refuses(USERS + "?measure=entryCount&node=welcome&fromNode=nowhere", "fromNode", "or empty: the start");
        refuses(USERS + "?measure=sentCount&node=welcome&fromNode=", "fromNode", "only these do: channel, platform");
    }

    @Test
    void cutsToARange() {
        assertThat(list("measure=entries&from=2026-03-02T10:00:02Z&to=2026-03-02T10:00:05Z")
                        .get("users")
                        .findValuesAsText("userId"))
                .containsExactly("user-2", "user-3", "user-4");
    }

    @Test
    void goesOnWhereThePageBeforeEnded() {
        List<String> users = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page = list("measure=entries&size=3" + cursor);
            users.addAll(page.get("users").findValuesAsText("userId"));
            cursor = page.get("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("nextCursor").textValue();
            pages++;
        } while (!cursor.isEmpty());

        assertThat(pages).isEqualTo(4);
        assertThat(users).hasSize(10).doesNotHaveDuplicates().startsWith("user-0", "user-1");
    }

    @Test
    void comesAsCsvByParameterOrByHeader() {
        HttpResponse<String> byParameter = server.get(fresh("measure=sentCount&node=welcome&format=csv"));
        HttpResponse<String> byHeader = server.get(fresh("measure=sentCount&node=welcome"), "Accept", "text/csv");

        assertThat(byParameter.body()).isEqualTo(byHeader.body());
        assertThat(byParameter.headers().firstValue("Content-Type")).hasValue("text/csv;charset=utf-8");
        assertThat(byParameter.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment")
                .contains("onboarding-welcome-sentCount-all.csv");
        assertThat(byParameter.body().split("\r\n")).hasSize(9);
        assertThat(byParameter.body())
                .startsWith("userId,time,entryId,nodeId,messageId,status,reason,channel,platform,")
                .contains("\r\n\"'=user,9\",2026-03-02T10:00:29Z,entry-9,");
        assertThat(server.get(fresh("measure=entries&format=csv&separator=semicolon&bom=true"))
                        .body())
                .startsWith("\uFEFFuserId;time;");
    }

    @Test
    void comesAsXlsx() throws Exception {
        for (HttpRequest.Builder request : List.of(
                HttpRequest.newBuilder(server.uri(fresh("measure=entries&zone=Europe/Berlin&format=xlsx"))),
                HttpRequest.newBuilder(server.uri(fresh("measure=entries&zone=Europe/Berlin")))
                        .header("Accept", Downloads.XLSX))) {
            HttpResponse<InputStream> file =
                    HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
            try (XSSFWorkbook book = new XSSFWorkbook(file.body())) {
                assertThat(book.getSheetAt(0).getLastRowNum()).isEqualTo(10);
                assertThat(book.getSheetAt(0).getRow(1).getCell(1).getLocalDateTimeCellValue())
                        .hasToString("2026-03-02T11:00");
                List<String> about = new ArrayList<>();
                for (Row row : book.getSheet("About")) {
                    about.add(row.getCell(0).getStringCellValue() + ": " + row.getCell(1));
                }
                assertThat(about)
                        .contains(
                                "Journey: onboarding",
                                "Measure: Entries",
                                "Definition: Number of entries: passes of a user through the journey.",
                                "Time zone: Europe/Berlin");
            }
        }
    }

    @Test
    void tablesComeAsFilesToo() throws IOException {
        assertThat(server.get("/v1/journeys/onboarding/summary?format=csv&minEvents=" + EVENTS.size())
                        .body())
                .startsWith("measure,value\r\nentries,10\r\n")
                .contains("\r\nconversionRate.value,10\r\n", "\r\nchannels.push.failed,2\r\n", "goalValue.EUR,9.9\r\n");
        HttpResponse<String> nodes = server.get("/v1/journeys/onboarding/nodes?format=csv");
        assertThat(nodes.body()).startsWith("nodeId,name,type,channel,entryCount,");
        assertThat(nodes.body().split("\r\n")).hasSize(2);
        assertThat(nodes.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("onboarding-nodes-all.csv");
        assertThat(server.get("/v1/journeys?format=csv").body()).contains("\r\nonboarding,Onboarding,1,10,");
        assertThat(server.get("/v1/journeys/onboarding/series?measure=entries&bucket=day&format=csv")
                        .body())
                .isEqualTo("start,value\r\n2026-03-02T00:00:00Z,10\r\n");
        assertThat(server.get("/v1/journeys/onboarding/transitions?format=csv").body())
                .isEqualTo("from,to,edgeId,count,users\r\n,welcome,,10,10\r\n");
        assertThat(server.get("/v1/journeys/onboarding/stages?format=csv").body())
                .contains("\r\ngreeted,Greeted,10,1,9,0,10,1,10,0,0,10\r\n");
        for (String table : List.of("summary", "nodes", "transitions", "stages")) {
            HttpResponse<InputStream> file = getStream("/v1/journeys/onboarding/" + table + "?format=xlsx");
            try (XSSFWorkbook book = new XSSFWorkbook(file.body())) {
                assertThat(book.getSheet("About")).as(table).isNotNull();
            }
        }
    }

    private static HttpResponse<InputStream> getStream(String path) {
        try {
            URI uri = server.uri(path);
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofInputStream());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesWhatItDoesNotKnowAndSaysWhatItDoes() {
        refuses(USERS, "measure", "is missing");
        refuses(USERS + "?measure=nothing", "measure", "entries, entryUsers");
        refuses(USERS + "?measure=waiting", "measure", "those of a node need 'node'");
        refuses(USERS + "?measure=waiting&node=nowhere", "node", "id of a node");
        refuses(USERS + "?measure=entries&node=welcome", "measure", "entryCount, entryUserCount");
        refuses(USERS + "?measure=entries&platform=ios", "platform", "nothing does");
        refuses(USERS + "?measure=sentCount&node=welcome&kind=x", "kind", "only these do: channel, platform");
        refuses(USERS + "?measure=channels.push.sent&channel=sms", "channel", "is not that of the measure: push");
        refuses(USERS + "?measure=entries&format=pdf", "format", "json or csv or xlsx");
        refuses(USERS + "?measure=entries&format=csv&separator=x", "separator", "comma or semicolon or tab or pipe");
        refuses(USERS + "?measure=entries&size=0", "size", "from 1 to 1000");
        refuses(USERS + "?measure=entries&nonsense=1", "nonsense", "separator");
        refuses("/v1/journeys/onboarding/nodes?format=pdf", "format", "json or csv or xlsx");
        assertThat(server.get("/v1/journeys/nobody/users?measure=entries").statusCode())
                .isEqualTo(404);
    }

    @Test
    void tellsWhoWasEngagedInAMonth() {
        JsonNode month = server.json("/v1/mep?month=2026-03&minEvents=" + EVENTS.size());
        assertThat(month.get("persons").intValue()).isEqualTo(10);
        assertThat(month.get("subscription").isNull()).isTrue();
        assertThat(month.get("byJourney"))
                .isEqualTo(ApiServer.parse("[{\"journeyId\":\"onboarding\",\"name\":\"Onboarding\",\"persons\":10}]"));
        JsonNode page = server.json("/v1/mep/report?month=2026-03&size=4&page=2");
        assertThat(page.get("persons").findValuesAsText("personId")).containsExactly("user-8", "=user,9");
        assertThat(page.get("total").intValue()).isEqualTo(10);
        assertThat(server.get("/v1/mep/report?month=2026-03&format=csv").body())
                .startsWith("personId,engagedAt,billedAt,campaignId,campaignName\r\n"
                        + "user-0,2026-03-02T10:00:00Z,2026-03-02T10:00:00Z,onboarding,Onboarding\r\n")
                .contains("\r\n\"'=user,9\",");
        assertThat(server.json("/v1/mep?month=2026-02").get("persons").intValue())
                .isZero();
        for (String wrong : List.of("2026-13", "2026-3", "202603", "2026-03-01", "march", "")) {
            refuses("/v1/mep?month=" + wrong, "month", wrong.isEmpty() ? "characters" : "such as 2026-03");
            refuses("/v1/mep/report?month=" + wrong, "month", wrong.isEmpty() ? "characters" : "such as 2026-03");
        }
    }

    @Test
    void tellsWhatWasSentAndWhatItCameTo() {
        JsonNode traffic =
                server.json("/v1/journeys/onboarding/traffic?by=channel&by=platform&minEvents=" + EVENTS.size());

        assertThat(traffic.get("total").get("sentCount").intValue()).isEqualTo(8);
        assertThat(traffic.get("traffic").findValuesAsText("platform")).containsExactly("android", "ios");
        JsonNode android = traffic.get("traffic").get(0);
        assertThat(android.get("failuresByReason")).isEqualTo(ApiServer.parse("{\"token-expired\":1}"));
        assertThat(android.get("engagements"))
                .isEqualTo(ApiServer.parse("{\"clicked\":{\"count\":2,\"users\":2,\"machine\":0}}"));
        assertThat(android.has("nodeId")).isFalse();
        // 4 sent for 0.01 each of android, 4 of ios; one converted.
        assertThat(traffic.get("costPerConversion"))
                .isEqualTo(ApiServer.parse("{\"EUR\":{\"value\":\"0.08\",\"numerator\":\"0.08\",\"denominator\":1}}"));
        assertThat(server.json("/v1/journeys/onboarding/traffic?channel=sms")
                        .get("total")
                        .get("sentCount")
                        .intValue())
                .isZero();
        assertThat(server.get("/v1/journeys/onboarding/traffic?by=node&bucket=day&format=csv")
                        .body())
                .startsWith("start,channel,platform,nodeId,sentCount,failedCount,")
                .contains("\r\n2026-03-02T00:00:00Z,,,welcome,8,2,8,2,2,");
        refuses("/v1/journeys/onboarding/traffic?by=country", "by", "channel or platform or node");
        refuses("/v1/journeys/onboarding/traffic?bucket=year", "bucket", "hour or day or week or month");
        refuses("/v1/journeys/onboarding/traffic?node=nowhere", "node", "id of a node");
    }

    @Test
    void tellsHowImportsWent() {
        JsonNode imports = server.json("/v1/journeys/onboarding/imports?minEvents=" + EVENTS.size());
        assertThat(imports.get("invalid").intValue()).isEqualTo(2);
        assertThat(imports.get("imports").get(0).get("errors").get(1))
                .isEqualTo(ApiServer.parse("{\"row\":3,\"reason\":\"invalid-mail\"}"));
        assertThat(server.get("/v1/journeys/onboarding/imports?format=csv").body())
                .isEqualTo("importId,time,connection,connectionError,file,total,valid,invalid,errors\r\n"
                        + "i1,2026-03-02T10:00:50Z,sftp,,'@f.csv,3,1,2,row 2: empty; row 3: invalid-mail\r\n");
        assertThat(server.json("/v1/journeys/onboarding/imports?to=2026-03-02T10:00:50Z")
                        .get("imports"))
                .isEmpty();
        assertThat(server.get("/v1/journeys/nobody/imports").statusCode()).isEqualTo(404);
        refuses("/v1/journeys/onboarding/imports?version=1", "version", "is no parameter");
    }

    @Test
    void refusesCursorsThatAreNotOfThisList() {
        String cursor = list("measure=entries&size=3").get("nextCursor").textValue();
        String changed = (cursor.startsWith("A") ? "B" : "A") + cursor.substring(1);

        refuses(USERS + "?measure=entries&cursor=" + changed, "cursor", "nextCursor");
        refuses(USERS + "?measure=entries&cursor=x", "cursor", "nextCursor");
        refuses(USERS + "?measure=entries&cursor=", "cursor", "nextCursor");
        refuses(USERS + "?measure=entryUsers&cursor=" + cursor, "cursor", "nextCursor");
        refuses(USERS + "?measure=entries&basis=activity&cursor=" + cursor, "cursor", "nextCursor");
    }

    private static void refuses(String path, String parameter, String detail) {
        HttpResponse<String> response = server.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(400);
        JsonNode problem = ApiServer.parse(response.body());
        assertThat(problem.get("parameter").textValue()).as(path).isEqualTo(parameter);
        assertThat(problem.get("detail").textValue()).as(path).contains(detail);
    }

    @Test
    void aReaderWhoLeavesHarmsNobody() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                socket.getOutputStream()
                        .write(("GET " + USERS + "?measure=entries&format=xlsx HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }
        }
        assertThat(list("measure=entries").get("total").intValue()).isEqualTo(10);
    }
}
