package io.milepost.analytics.row;

import static io.milepost.analytics.row.Events.entry;
import static io.milepost.analytics.row.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.reference.AwkwardStreams;
import io.milepost.analytics.store.Erasure;
import io.milepost.analytics.store.jdbc.Connections;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the fact tables promise, on whatever database. */
abstract class FactRowContract {

    private static final String OF_ENTRIES =
            " JOIN fact_entry e ON e.account_id = f.account_id AND e.journey_id = f.journey_id"
                    + " AND e.entry_id = f.entry_id WHERE e.journey_id = ? AND NOT e.test";

    private Map<String, Object> place = Map.of();
    private RowServer server;

    /** Settings that lead to an empty database. */
    abstract Map<String, Object> emptyDatabase() throws Exception;

    @BeforeEach
    void start() throws Exception {
        place = emptyDatabase();
        server = RowServer.start(place);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void rowsAreTheFactsHoweverTheEventsCome() {
        for (long seed = 1; seed <= 3; seed++) {
            Random random = new Random(seed);
            List<String> events = new ArrayList<>(
                    AwkwardStreams.of(1).withPeople(seed, "p" + seed).events());
            Collections.shuffle(events, random);
            int half = events.size() / 2;
            post(events.subList(0, half), random);
            if (seed == 2) {
                server.awaitRows();
            }
            restart();
            post(events.subList(half, events.size()), random);
            server.awaitRows();
            server.assertRowsAreTheFacts("seed " + seed);
        }
        server.bean(CellProjection.class)
                .read(cells -> cells.histories().journeys().stream()
                        .map(journey -> journey.id())
                        .toList())
                .forEach(this::countsAreTheFigures);
    }

    private void countsAreTheFigures(String journey) {
        String path = "/v1/journeys/"
                + URLEncoder.encode(journey, StandardCharsets.UTF_8).replace("+", "%20");
        JsonNode summary = server.json(path + "/summary");
        assertThat(count("SELECT COUNT(*) FROM fact_entry f" + OF_ENTRIES, journey))
                .isEqualTo(summary.get("entries").asLong());
        assertThat(count("SELECT COUNT(DISTINCT f.user_id) FROM fact_entry f" + OF_ENTRIES, journey))
                .isEqualTo(summary.get("entryUsers").asLong());
        assertThat(count("SELECT COUNT(f.converted_at) FROM fact_entry f" + OF_ENTRIES, journey))
                .isEqualTo(summary.get("convertedEntries").asLong());
        assertThat(count(
                        "SELECT COUNT(*) FROM (SELECT DISTINCT f.source, f.event_id FROM fact_conversion f" + OF_ENTRIES
                                + ") AS events",
                        journey))
                .isEqualTo(summary.get("conversionEvents").asLong());
        assertThat(count("SELECT COUNT(*) FROM fact_message f" + OF_ENTRIES + " AND f.status = 'sent'", journey))
                .isEqualTo(summary.get("messagesSent").asLong());
        long visits = 0;
        long opened = 0;
        for (JsonNode node : server.json(path + "/nodes").get("nodes")) {
            visits += node.get("entryCount").asLong();
            opened += node.at("/engagements/opened/count").asLong();
        }
        assertThat(count("SELECT COUNT(*) FROM fact_visit f" + OF_ENTRIES, journey))
                .isEqualTo(visits);
        assertThat(count(
                        "SELECT COALESCE(SUM(f.opened_count), 0) FROM fact_message f" + OF_ENTRIES
                                + " AND f.status = 'sent'",
                        journey))
                .isEqualTo(opened);
    }

    private long count(String sql, String journey) {
        return server.bean(Connections.class).run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, journey);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    @Test
    void theDocumentedQueriesAnswerWhatTheyAsk() throws IOException {
        server.post(welcome());
        server.awaitRows();

        List<String> queries = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("SCHEMA.md")))
                .results()
                .map(block -> block.group(1))
                .toList();

        assertThat(queries).hasSize(3);
        // ann visited greeting for 1 s and 3 s (mean 2 s) and offer, which she has not left; bob greeting, cancelled
        assertThat(answer(queries.get(0))).containsExactly("greeting|3|2|2|2000", "offer|1|1|0|null");
        // of A one person, converted; of B one, who is not
        assertThat(answer(queries.get(1))).containsExactly("A|1|1|100", "B|1|0|0");
        // two e-mails at 0.002 and 0.003 EUR, one of them clicked (twice); the failed one does not count
        assertThat(answer(queries.get(2))).containsExactly("2026-03|email|EUR|2|1|0.005");
    }

    /** Two people's entries, and a test entry that no query counts. */
    private static List<String> welcome() {
        String ann = entry("e-1", "ann");
        String bob = entry("e-2", "bob");
        String test = entry("e-3", "tess");
        String mail = ", \"nodeId\": \"greeting\", \"channel\": \"email\", \"messageId\": ";
        String click = "\"messageId\": \"m-1\", \"kind\": \"clicked\"";
        return List.of(
                event(
                        "1",
                        "journey.defined",
                        "2026-03-01T00:00:00Z",
                        "\"journeyId\": \"welcome\", \"version\": 1, \"conversionEvent\": \"bought\""),
                event("2", "journey.entered", "2026-03-01T10:00:00Z", ann + ", \"variant\": \"A\""),
                event("3", "journey.entered", "2026-03-01T10:00:00Z", bob + ", \"variant\": \"B\""),
                event("4", "journey.entered", "2026-03-01T10:00:00Z", test + ", \"test\": true"),
                visit("5", "entered", "2026-03-01T10:00:00Z", ann, "greeting", "v1", ""),
                visit("6", "exited", "2026-03-01T10:00:01Z", ann, "greeting", "v1", ""),
                visit("7", "entered", "2026-03-01T10:00:02Z", ann, "greeting", "v2", ""),
                visit("8", "exited", "2026-03-01T10:00:05Z", ann, "greeting", "v2", ""),
                visit("9", "entered", "2026-03-01T10:00:06Z", ann, "offer", "v3", ""),
                visit("10", "entered", "2026-03-01T10:00:06Z", bob, "greeting", "v1", ""),
                visit("11", "exited", "2026-03-01T10:00:07Z", bob, "greeting", "v1", ", \"cancelled\": true"),
                visit("12", "entered", "2026-03-01T10:00:06Z", test, "greeting", "v1", ""),
                event(
                        "13",
                        "journey.message.sent",
                        "2026-03-01T10:00:01Z",
                        ann + mail + "\"m-1\", \"cost\": {\"amount\": \"0.002\", \"currency\": \"EUR\"}"),
                event(
                        "14",
                        "journey.message.sent",
                        "2026-03-31T23:59:59Z",
                        bob + mail + "\"m-2\", \"cost\": {\"amount\": \"0.003\", \"currency\": \"EUR\"}"),
                event("15", "journey.message.failed", "2026-03-01T10:00:01Z", bob + mail + "\"m-3\""),
                event("16", "journey.message.engaged", "2026-03-01T10:01:00Z", click),
                event("17", "journey.message.engaged", "2026-03-01T10:02:00Z", click),
                event("18", "user.acted", "2026-03-01T11:00:00Z", "\"userId\": \"ann\", \"name\": \"bought\""));
    }

    private static String visit(
            String id, String deed, String time, String entry, String node, String visit, String more) {
        return event(
                id,
                "journey.node." + deed,
                time,
                entry + ", \"nodeId\": \"%s\", \"visitId\": \"%s\"".formatted(node, visit) + more);
    }

    /** Each row as its columns, numbers without needless zeros. */
    private List<String> answer(String sql) {
        return server.bean(Connections.class).run(connection -> {
            List<String> rows = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                int columns = row.getMetaData().getColumnCount();
                while (row.next()) {
                    List<String> values = new ArrayList<>();
                    for (int column = 1; column <= columns; column++) {
                        boolean decimal = row.getObject(column) instanceof BigDecimal;
                        values.add(
                                decimal
                                        ? row.getBigDecimal(column)
                                                .stripTrailingZeros()
                                                .toPlainString()
                                        : String.valueOf(row.getString(column)));
                    }
                    rows.add(String.join("|", values));
                }
            }
            return rows;
        });
    }

    @Test
    void aLostWriteIsNoticedAndMadeUpFor() {
        List<String> events = AwkwardStreams.of(5).events();
        server.post(events.subList(0, events.size() / 2));
        server.awaitRows();

        execute("DELETE FROM fact_conversion");
        execute("DELETE FROM fact_message");
        execute("DELETE FROM fact_visit");
        execute("DELETE FROM fact_entry");
        execute("UPDATE fact_progress SET writes = writes - 1, complete_to = 0");
        server.post(events.subList(events.size() / 2, events.size()));
        server.awaitRows();

        server.assertRowsAreTheFacts("after rows were lost");
    }

    @Test
    void rowsOfAnotherFormatAreWrittenAnew() {
        server.post(welcome());
        server.awaitRows();
        execute("UPDATE fact_progress SET format = 0");
        execute("UPDATE fact_entry SET version = 7");

        restart();
        server.awaitRows();

        server.assertRowsAreTheFacts("after a start with another format");
    }

    @Test
    void anErasedUserHasAnotherNameEverywhere() {
        server.post(welcome());
        server.awaitRows();

        server.bean(Erasure.class).erase("ann");

        assertThat(count("SELECT COUNT(*) FROM fact_entry f WHERE f.journey_id = ? AND f.user_id = 'ann'", "welcome"))
                .isZero();
        server.awaitRows();
        server.assertRowsAreTheFacts("after a user was erased");
        assertThat(count(
                        "SELECT COUNT(*) FROM fact_entry f WHERE f.journey_id = ? AND f.user_id LIKE 'erased-%'",
                        "welcome"))
                .isOne();
    }

    @Test
    void everyColumnHasItsComment() {
        assertThat(count("SELECT COUNT(*) FROM information_schema.columns WHERE table_name LIKE ?", "fact\\_%"))
                .isEqualTo(4 + 15 + 15 + 23 + 11);
        assertThat(comments()).isEqualTo(4 + 15 + 15 + 23 + 11);
    }

    /** How many columns of fact tables have a comment. */
    abstract long comments();

    final long number(String sql) {
        return Long.parseLong(answer(sql).get(0));
    }

    @Test
    void tellsHowFarRowsTrail() {
        server.post(welcome());
        server.awaitRows();

        assertThat(server.get("/prometheus"))
                .contains("milepost_fact_rows_lag_seconds")
                .contains("milepost_fact_rows_waiting_entries");
    }

    private void post(List<String> events, Random random) {
        int start = 0;
        while (start < events.size()) {
            int end = Math.min(events.size(), start + 1 + random.nextInt(60));
            server.post(events.subList(start, end));
            start = end;
        }
    }

    private void restart() {
        server.close();
        server = RowServer.start(place);
    }

    private void execute(String sql) {
        server.bean(Connections.class).run(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }
}
