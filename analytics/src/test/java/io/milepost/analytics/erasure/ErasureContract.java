package io.milepost.analytics.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.luben.zstd.Zstd;
import io.milepost.analytics.ingest.Server;
import io.milepost.analytics.ingest.Server.Answer;
import io.milepost.analytics.store.jdbc.Connections;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What erasing a user promises, on whatever database. */
abstract class ErasureContract {

    private static final String ANNA = "anna@example.com";
    private static final String[] FIGURES = {
        "summary", "summary?basis=activity", "nodes", "transitions", "series?measure=convertedUsers&bucket=day"
    };

    private Map<String, Object> settings = Map.of();
    private Server server;
    private volatile long accepted;

    /** Settings that lead to an empty database. */
    abstract Map<String, Object> emptyDatabase() throws Exception;

    @BeforeEach
    void start() throws Exception {
        settings = emptyDatabase();
        server = Server.start(settings);
        send(
                event(
                        "def",
                        "journey.defined",
                        "08:00:00",
                        """
                        "journeyId": "j", "version": 1, "nodes": [{"id": "push", "type": "send"}],
                        "conversionEvent": "purchase",
                        "conversionFilter": [{"attribute": "plan", "op": "eq", "value": "gold"}]"""),
                entered("a-1", "a", ANNA, "\"attributes\": {\"email\": \"anna@example.com\"}, \"note\": \"hi Anna\""),
                sent("a-2", "a", "m-a", ANNA),
                entered("b-1", "b", "ben", "\"variant\": \"B\""),
                sent("b-2", "b", "m-b", "ben"));
        send(
                event(
                        "a-3",
                        "journey.message.engaged",
                        "10:02:00",
                        """
                        "messageId": "m-a", "kind": "clicked", "link": "https://example.com/?u=anna", "ip": "192.0.2.7"
                        """),
                event(
                        "b-3",
                        "journey.node.entered",
                        "10:02:01",
                        """
                        "journeyId": "j", "version": 1, "entryId": "b", "userId": "anna@example.com", "nodeId": "push",
                        "visitId": "v-b", "by": "Anna" """),
                purchase("a-4", "10:03:00", ANNA, "gold"),
                purchase("a-5", "10:04:00", ANNA, "silver"),
                purchase("b-4", "10:05:00", "ben", "silver"),
                event(
                        "a-6",
                        "user.profiled",
                        "10:06:00",
                        """
                        "userId": "anna@example.com", "attributes": {"city": "Annaberg"}"""),
                event(
                        "a-7",
                        "journey.entry.rejected",
                        "10:07:00",
                        """
                        "userId": "anna@example.com", "journeyId": "j", "version": 1, "reason": "capped", "x": "Anna"
                        """));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void leavesNothingOfTheUserButTheFigures() {
        List<JsonNode> before = figures();
        // One of two entered users bought with the plan that counts.
        assertThat(before.get(0).at("/conversionRate/numerator").asInt()).isEqualTo(1);
        assertThat(before.get(0).at("/conversionRate/denominator").asInt()).isEqualTo(2);
        assertThat(stored()).anyMatch(text -> text.contains(ANNA));

        erase(ANNA);

        assertThat(figures()).isEqualTo(before);
        assertThat(server.get("/v1/users/" + ANNA + "/timeline").status()).isEqualTo(404);
        assertNothingStoredOf(ANNA, "Anna", "u=anna", "192.0.2.7", "Annaberg");

        restart();

        assertThat(figures()).isEqualTo(before);
        assertThat(server.get("/v1/users/" + ANNA + "/timeline").status()).isEqualTo(404);
        assertThat(server.get("/v1/users/ben/timeline").json().get("events")).hasSize(4);
    }

    @Test
    void takesEventsThatComeLateWithoutTheirName() {
        erase(ANNA);
        restart();
        List<JsonNode> before = figures();

        send(
                purchase("late-1", "10:08:00", ANNA, "gold"),
                event(
                        "late-2",
                        "journey.exited",
                        "10:09:00",
                        """
                        "userId": "anna@example.com", "journeyId": "j", "version": 1, "entryId": "a",
                        "reason": "completed", "note": "Anna left" """),
                event(
                        "late-3",
                        "journey.message.engaged",
                        "10:10:00",
                        """
                        "messageId": "m-a", "kind": "opened", "link": "https://example.com/?u=anna" """));

        List<JsonNode> after = figures();
        assertThat(after).isNotEqualTo(before);
        JsonNode summary = after.get(0);
        // The same two users and entries; Anna's has ended, and she bought twice.
        assertThat(summary.get("entryUsers")).isEqualTo(before.get(0).get("entryUsers"));
        assertThat(summary.get("convertedUsers")).isEqualTo(before.get(0).get("convertedUsers"));
        assertThat(summary.at("/exitsByReason/completed").asInt()).isEqualTo(1);
        assertThat(summary.at("/conversionEvents").asInt())
                .isEqualTo(before.get(0).at("/conversionEvents").asInt() + 1);
        assertThat(server.get("/v1/users/" + ANNA + "/timeline").status()).isEqualTo(404);
        assertNothingStoredOf(ANNA, "Anna", "u=anna");

        restart();
        assertThat(figures()).isEqualTo(after);
    }

    @Test
    void knowsAnErasedUsersEventsAgain() {
        String original = purchase("a-4", "10:03:00", ANNA, "gold");
        String other = purchase("a-4", "10:03:00", ANNA, "silver");
        erase(ANNA);

        assertCounts(post(original, other), 0, 1, 1);
        restart();
        assertCounts(post(original, other), 0, 1, 1);
        // A conflict that would tell of the erased is not kept.
        assertThat(server.get("/v1/rejected-events").number("total")).isZero();
        assertNothingStoredOf(ANNA);
    }

    @Test
    void deletesRejectedEventsThatNameTheUser() {
        String bad = purchase("bad", "10:08:00", ANNA, "gold").replace("\"name\"", "\"called\"");
        String escaped = bad.replace("anna@", "\\u0061nna@");
        post(bad, escaped, bad.replace(ANNA, "ben"), bad.replace(ANNA, "joanna@example.com"));
        assertThat(server.get("/v1/rejected-events").number("total")).isEqualTo(4);

        erase(ANNA);

        assertThat(server.get("/v1/rejected-events").number("total")).isEqualTo(2);
        assertCounts(post(bad, escaped, bad.replace(ANNA, "carl")), 0, 0, 3);
        assertThat(server.get("/v1/rejected-events").number("total")).isEqualTo(3);
    }

    @Test
    void changesNothingTheSecondTimeOrForNobody() {
        erase("nobody");
        assertThat(server.get("/v1/users/ben/timeline").status()).isEqualTo(200);
        erase(ANNA);
        List<JsonNode> before = figures();
        List<String> rows = stored();

        erase(ANNA);
        erase("nobody");

        assertThat(figures()).isEqualTo(before);
        assertThat(stored()).isEqualTo(rows);
    }

    @Test
    void mayBeOfSeveralUsersOneAfterTheOther() {
        List<JsonNode> before = figures();
        erase(ANNA);
        erase("ben");

        assertThat(figures()).isEqualTo(before);
        assertNothingStoredOf(ANNA, "\"ben\"");
        restart();
        assertThat(figures()).isEqualTo(before);
    }

    @Test
    void mayComeInTheMidstOfTheUsersEvents() throws Exception {
        AtomicInteger batches = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                int batch = batches.get();
                send(
                        purchase("x-" + batch, "10:10:00", ANNA, "gold"),
                        purchase("y-" + batch, "10:10:01", "ben", "gold"));
                batches.incrementAndGet();
            }
        });
        for (int erasure = 1; erasure <= 3; erasure++) {
            int before = batches.get();
            while (batches.get() < before + 5 && !load.isDone()) {
                Thread.onSpinWait();
            }
            erase(ANNA);
        }
        stop.set(true);
        load.get();

        List<JsonNode> figures = figures();
        // Anna's first purchase and, of each batch, one by each of the two.
        assertThat(figures.get(0).get("conversionEvents").asInt()).isEqualTo(1 + 2 * batches.get());
        assertThat(figures.get(0).get("convertedUsers").asInt()).isEqualTo(2);
        assertNothingStoredOf(ANNA);
        restart();
        assertThat(figures()).isEqualTo(figures);
    }

    @Test
    void letsNoClientWriteWhatIsReserved() {
        String event = purchase("x", "10:08:00", "carl", "gold")
                .replace("\"name\"", "\"erasedMatches\": [{\"journeyId\": \"j\", \"version\": 1}], \"name\"");

        Answer answer = post(event);

        assertCounts(answer, 0, 0, 1);
        assertThat(answer.text("/rejected/0/reason")).isEqualTo("invalid-field");
        assertThat(answer.text("/rejected/0/field")).isEqualTo("data.erasedMatches");
    }

    private void restart() {
        server.close();
        server = Server.start(settings);
    }

    final Server server() {
        return server;
    }

    private void erase(String userId) {
        assertThat(server.delete("/v1/users/" + userId).status()).isEqualTo(204);
    }

    private void send(String... events) {
        assertCounts(post(events), events.length, 0, 0);
    }

    private Answer post(String... events) {
        Answer answer = server.post(Server.ARRAY, "[" + String.join(",", events) + "]");
        accepted = answer.json().path("acceptedEvents").asLong();
        return answer;
    }

    private List<JsonNode> figures() {
        List<JsonNode> figures = new ArrayList<>();
        for (String figure : FIGURES) {
            String path = "/v1/journeys/j/" + figure + (figure.contains("?") ? "&" : "?") + "minEvents=" + accepted
                    + "&asOf=2026-04-01T00:00:00Z";
            Answer answer = server.get(path);
            assertThat(answer.status()).as("%s: %s", path, answer.json()).isEqualTo(200);
            figures.add(((ObjectNode) answer.json()).without("freshness"));
        }
        return figures;
    }

    private void assertNothingStoredOf(String... texts) {
        for (String text : texts) {
            assertThat(stored()).as(text).noneMatch(stored -> stored.contains(text));
        }
    }

    /** Every value of every table as text; blocks unpacked. */
    private List<String> stored() {
        return server.bean(Connections.class).run(connection -> {
            List<String> all = new ArrayList<>();
            for (String table :
                    List.of("account", "event_block", "rejected_event", "erased_user", "fact_entry", "fact_message")) {
                readTable(connection, table, all);
            }
            return all;
        });
    }

    private static void readTable(Connection connection, String table, List<String> into) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
            ResultSetMetaData columns = row.getMetaData();
            while (row.next()) {
                for (int column = 1; column <= columns.getColumnCount(); column++) {
                    into.add(text(row, column, columns));
                }
            }
        }
    }

    private static String text(ResultSet row, int column, ResultSetMetaData columns) throws SQLException {
        if (columns.getColumnName(column).equalsIgnoreCase("payload")) {
            return unpacked(row.getBytes(column));
        }
        if (columns.getColumnTypeName(column).matches("(?i)bytea|binary.*")) {
            byte[] bytes = row.getBytes(column);
            return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
        }
        return String.valueOf(row.getString(column));
    }

    private static String unpacked(byte[] payload) {
        return new String(
                Zstd.decompress(payload, Math.toIntExact(Zstd.getFrameContentSize(payload))), StandardCharsets.UTF_8);
    }

    private static void assertCounts(Answer answer, int accepted, int duplicates, int rejected) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        assertThat(answer.number("accepted")).as("%s", answer.json()).isEqualTo(accepted);
        assertThat(answer.number("duplicates")).as("%s", answer.json()).isEqualTo(duplicates);
        assertThat(answer.number("rejectedCount")).as("%s", answer.json()).isEqualTo(rejected);
    }

    private static String entered(String id, String entry, String user, String more) {
        return event(
                id,
                "journey.entered",
                "10:00:00",
                """
                "journeyId": "j", "version": 1, "entryId": "%s", "userId": "%s", %s"""
                        .formatted(entry, user, more));
    }

    private static String sent(String id, String entry, String message, String user) {
        return event(
                id,
                "journey.message.sent",
                "10:01:00",
                """
                "journeyId": "j", "version": 1, "entryId": "%s", "nodeId": "push", "messageId": "%s", "channel": "push",
                "userId": "%s", "cost": {"amount": 0.0100000000000000000001, "currency": "EUR", "payer": "p-%s"}"""
                        .formatted(entry, message, user, user));
    }

    private static String purchase(String id, String time, String user, String plan) {
        return event(
                id,
                "user.acted",
                time,
                """
                "userId": "%s", "name": "purchase", "value": {"amount": "9.90", "currency": "EUR"},
                "attributes": {"plan": "%s", "who": "Someone"}"""
                        .formatted(user, plan));
    }

    private static String event(String id, String type, String time, String data) {
        return """
                {"specversion": "1.0", "id": "%s", "source": "/engines/test", "type": "%s", "subject": "Person",
                "time": "2026-03-01T%sZ", "data": {%s}}"""
                .formatted(id, type, time, data);
    }
}
