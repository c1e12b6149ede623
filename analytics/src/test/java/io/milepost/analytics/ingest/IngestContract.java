package io.milepost.analytics.ingest;

import static io.milepost.analytics.ingest.Server.ARRAY;
import static io.milepost.analytics.ingest.Server.LINES;
import static io.milepost.analytics.ingest.Server.ONE;
import static io.milepost.analytics.ingest.Server.bytes;
import static io.milepost.analytics.ingest.Server.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milepost.analytics.ingest.Server.Answer;
import io.milepost.analytics.journal.Block;
import io.milepost.analytics.journal.Freshness;
import io.milepost.analytics.store.jdbc.Connections;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the door for events promises, on whatever database. */
abstract class IngestContract {

    private Map<String, Object> settings = Map.of();
    private Server server;

    /** Settings that lead to an empty database. */
    abstract Map<String, Object> emptyDatabase() throws Exception;

    @BeforeEach
    void start() throws Exception {
        settings = emptyDatabase();
        server = Server.start(settings);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void takesAllContentTypesPlainAndGzipped() {
        assertCounts(server.post(ONE, event("a", 1)), 1, 0, 0);
        assertCounts(server.post(ARRAY + "; charset=UTF-8", array(event("b", 1), event("c", 1))), 2, 0, 0);
        assertCounts(server.post(LINES, event("d", 1) + "\n\n" + event("e", 1) + "\n"), 2, 0, 0);
        assertCounts(server.postGzip(ONE, gzip(bytes(event("f", 1)))), 1, 0, 0);
        assertCounts(server.postGzip(ARRAY, gzip(bytes(array(event("g", 1))))), 1, 0, 0);
        assertCounts(server.postGzip(LINES, gzip(bytes(event("h", 1)))), 1, 0, 0);
        assertCounts(server.post(ARRAY, "[]"), 0, 0, 0);
        assertCounts(server.post(LINES, ""), 0, 0, 0);
        assertThat(server.post(ONE, event("h", 1)).number("acceptedEvents")).isEqualTo(8);
    }

    @Test
    void countsAnEventOnce() {
        assertCounts(server.post(ARRAY, array(event("a", 1), event("b", 1), event("a", 1))), 2, 1, 0);
        assertCounts(server.post(ARRAY, array(event("c", 1), event("a", 1), event("b", 1))), 1, 2, 0);
    }

    @Test
    void refusesOtherContentUnderAKnownIdentity() {
        server.post(ONE, event("a", 1));

        Answer answer = server.post(ARRAY, array(event("b", 1), event("a", 2), event("b", 3), event("a", 1)));

        assertCounts(answer, 1, 1, 2);
        assertThat(answer.text("/rejected/0/index")).isEqualTo("1");
        assertThat(answer.text("/rejected/1/index")).isEqualTo("2");
        assertThat(answer.text("/rejected/1/id")).isEqualTo("b");
        assertThat(answer.text("/rejected/1/reason")).isEqualTo("id-conflict");
    }

    @Test
    void aBadEventCostsNoNeighbour() {
        String bad = event("bad", 1).replace("\"userId\"", "\"user\"");

        Answer answer = server.post(ARRAY, array(event("a", 1), bad, "7", event("b", 1)));

        assertCounts(answer, 2, 0, 2);
        assertThat(answer.json().get("rejected").get(0))
                .hasToString("{\"index\":1,\"id\":\"bad\",\"reason\":\"missing-field\",\"field\":\"data.userId\","
                        + "\"detail\":\"required\"}");
        assertThat(answer.text("/rejected/1/reason")).isEqualTo("not-json");
    }

    @Test
    void listsAHundredRejectionsAndCountsAll() {
        String lines = IntStream.range(0, 250).mapToObj(i -> "x" + i).collect(Collectors.joining("\n"));

        Answer answer = server.post(LINES, lines);

        assertCounts(answer, 0, 0, 250);
        assertThat(answer.json().get("rejected")).hasSize(100);
        assertThat(server.get("/v1/rejected-events").number("total")).isEqualTo(250);
    }

    @Test
    void refusesOtherTypesAndEncodings() {
        byte[] body = bytes(event("a", 1));
        assertProblem(server.post("/v1/events", body, "Content-Type", "application/json"), 415);
        assertProblem(server.post("/v1/events", body, "Content-Type", ONE + "; charset=utf-16"), 415);
        assertProblem(server.post("/v1/events", body), 415);
        for (String encoding : new String[] {"br", "deflate", "zstd", "gzip, gzip", "gzip, br"}) {
            assertProblem(server.post("/v1/events", body, "Content-Type", ONE, "Content-Encoding", encoding), 415);
        }
        assertCounts(server.post("/v1/events", body, "Content-Type", ONE, "Content-Encoding", "identity"), 1, 0, 0);
    }

    @Test
    void refusesBodiesThatCannotBeRead() {
        assertProblem(server.post(ARRAY, "[{]"), 400);
        assertProblem(server.post(ARRAY, ""), 400);
        assertProblem(server.post(ONE, "[]"), 400);
        assertProblem(server.post(ONE, "\"x\""), 400);
        assertProblem(server.postGzip(ONE, bytes(event("a", 1))), 400);
        assertProblem(server.postGzip(ONE, new byte[0]), 400);
        byte[] packed = gzip(bytes(event("a", 1)));
        assertProblem(server.postGzip(ONE, Arrays.copyOf(packed, packed.length - 9)), 400);
        assertThat(server.journal().freshness().acceptedEvents()).isZero();
    }

    @Test
    void refusesWhatIsTooLarge() {
        String tooMany = IntStream.range(0, 10_001).mapToObj(i -> "{}").collect(Collectors.joining("\n"));
        assertProblem(server.post(LINES, tooMany), 413);
        assertProblem(server.post(LINES, " ".repeat(16 * 1024 * 1024 + 1)), 413);
        assertProblem(server.post(LINES, " ".repeat(40 * 1024 * 1024)), 413);
        assertProblem(server.postGzip(LINES, gzip(new byte[200 * 1024 * 1024])), 413);
        String large = event("a", 1).replace("\"name\"", "\"x\": \"" + "x".repeat(65536) + "\", \"name\"");
        assertProblem(server.post(ONE, large), 413);

        Answer answer = server.post(ARRAY, array(large, event("b", 1)));
        assertCounts(answer, 1, 0, 1);
        assertThat(answer.text("/rejected/0/reason")).isEqualTo("too-large");
    }

    @Test
    void takesABodyAsLargeAsItMayBe() {
        String one = event("a", 1);
        String body = one + "\n" + " ".repeat(16 * 1024 * 1024 - one.length() - 1);

        assertCounts(server.post(LINES, body), 1, 0, 0);
        assertCounts(server.postGzip(LINES, gzip(bytes(body))), 0, 1, 0);
    }

    @Test
    void keepsRejectedEventsForASecondChance() {
        String bad = event("a", 1).replace("\"userId\"", "\"user\"");
        server.post(LINES, bad + "\nnope\n" + bad.replace("\"a\"", "\"c\""));

        Answer first = server.get("/v1/rejected-events?size=2");
        assertThat(first.number("total")).isEqualTo(3);
        assertThat(first.text("/rejectedEvents/0/eventId")).isEqualTo("c");
        assertThat(first.text("/rejectedEvents/1/body")).isEqualTo("nope");
        Answer last = server.get("/v1/rejected-events?size=2&cursor=" + first.text("/nextCursor"));
        assertThat(last.json().get("nextCursor").isNull()).isTrue();
        assertThat(last.text("/rejectedEvents/0/reason")).isEqualTo("missing-field");
        assertThat(last.text("/rejectedEvents/0/field")).isEqualTo("data.userId");
        assertThat(last.text("/rejectedEvents/0/body")).isEqualTo(bad);

        String replay = "/v1/rejected-events/" + last.text("/rejectedEvents/0/id") + "/replay";
        assertCounts(server.post(replay), 0, 0, 1);
        assertProblem(server.post(replay, bytes("{"), "Content-Type", ONE), 400);
        assertThat(server.get("/v1/rejected-events").number("total")).isEqualTo(3);
        assertCounts(server.post(replay, bytes(event("a", 1)), "Content-Type", ONE), 1, 0, 0);
        assertThat(server.get("/v1/rejected-events").number("total")).isEqualTo(2);
        assertProblem(server.post(replay), 404);

        String nope = "/v1/rejected-events/" + first.text("/rejectedEvents/1/id");
        assertCounts(server.post(nope + "/replay"), 0, 0, 1);
        assertThat(server.delete(nope).status()).isEqualTo(204);
        assertProblem(server.delete(nope), 404);
        assertProblem(server.delete("/v1/rejected-events/x"), 404);
        assertProblem(server.get("/v1/rejected-events?size=0"), 400);
        assertProblem(server.get("/v1/rejected-events?cursor=x"), 400);
        assertProblem(server.get("/v1/rejected-events?page=1"), 400);
        assertProblem(server.post("/v1/events?sync=1", bytes(event("z", 1)), "Content-Type", ONE), 400);
        assertThat(server.get("/v1/rejected-events?size=0").text("/parameter")).isEqualTo("size");
    }

    @Test
    void storesRejectionsWhoseFieldNoDatabaseCanHold() {
        String bad = event("a", 1).replace("\"name\"", "\"attributes\": {\"\\u0000\": []}, \"name\"");

        Answer answer = server.post(ONE, bad);

        assertCounts(answer, 0, 0, 1);
        assertThat(server.get("/v1/rejected-events").text("/rejectedEvents/0/field"))
                .isEqualTo("data.attributes.\uFFFD");
    }

    @Test
    void keepsAllOverARestart() {
        server.post(ARRAY, array(event("a", 1), event("b", 1), "7"));
        server.post(ONE, event("c", 1));
        server.journal().whenProjected(3).join();
        Freshness before = server.journal().freshness();
        Block stored = server.journal().block(2).orElseThrow();

        server.close();
        server = Server.start(settings);

        assertThat(server.journal().freshness()).isEqualTo(before);
        assertThat(before.acceptedEvents()).isEqualTo(3);
        assertThat(before.projectedEvents()).isEqualTo(3);
        assertThat(server.journal().block(2).orElseThrow().events().get(0).id).isEqualTo("c");
        assertThat(stored.firstEvent()).isEqualTo(2);
        assertCounts(server.post(ARRAY, array(event("a", 1), event("b", 2), event("d", 1))), 1, 1, 1);
        assertThat(server.get("/v1/rejected-events").number("total")).isEqualTo(2);
        assertThat(server.journal().block(3).orElseThrow().firstEvent()).isEqualTo(3);
    }

    @Test
    void tellsWhenAnEventIsPartOfTheFigures() {
        var projected = server.journal().whenProjected(2);
        server.post(ONE, event("a", 1));
        assertThat(projected).isNotDone();

        server.post(ONE, event("b", 1));

        assertThat(projected.join().projectedEvents()).isEqualTo(2);
        assertThat(server.journal().freshness().lastReceived()).isNotNull();
    }

    @Test
    void doesNotOpenADamagedJournal() {
        server.post(ONE, event("a", 1));
        server.post(ONE, event("b", 1));
        server.bean(Connections.class).runDurably(connection -> connection
                .createStatement()
                .executeUpdate("UPDATE event_block SET event_count = 2 WHERE sequence = 2"));
        server.close();

        server = Server.startAnyway(settings);

        assertThatThrownBy(() -> server.journal().opened().join())
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("block 2 of account 1");
        Answer answer = server.post(ONE, event("c", 1));
        assertProblem(answer, 503);
        assertThat(answer.retryAfter()).isEqualTo("1");
        assertThat(server.get("/health/readiness").status()).isEqualTo(503);
    }

    private static void assertCounts(Answer answer, int accepted, int duplicates, int rejected) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        assertThat(answer.number("accepted")).as("%s", answer.json()).isEqualTo(accepted);
        assertThat(answer.number("duplicates")).as("%s", answer.json()).isEqualTo(duplicates);
        assertThat(answer.number("rejectedCount")).as("%s", answer.json()).isEqualTo(rejected);
    }

    private static void assertProblem(Answer answer, int status) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(status);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.number("status")).isEqualTo(status);
    }

    private static String array(String... events) {
        return "[" + String.join(",", events) + "]";
    }

    private static String event(String id, int amount) {
        return ("{\"specversion\": \"1.0\", \"id\": \"%s\", \"source\": \"/engines/test\", \"type\": \"user.acted\","
                        + " \"time\": \"2026-03-01T12:00:00Z\", \"data\": {\"userId\": \"u-1\", \"name\": \"purchase\","
                        + " \"value\": {\"amount\": %d}}}")
                .formatted(id, amount);
    }
}
