package io.milepost.analytics.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One question to ours and to peers.
 *
 * @param path of ours; what it answers has more in it than was asked
 * @param rows those of our answer that the SQL has too
 * @param sql for PostgreSQL, DuckDB and H2 alike
 */
record Question(String name, String path, Function<JsonNode, List<List<String>>> rows, String sql) {

    private static final String JOURNEY = "/v1/journeys/journey-1";
    private static final String OF_JOURNEY = " FROM event WHERE journey_id = 'journey-1'";
    private static final String MONTHS = "from=2026-01-01T00:00:00Z&to=2026-11-01T00:00:00Z";
    private static final String IN_MONTHS = between("2026-01-01 00:00:00", "2026-11-01 00:00:00");

    static List<Question> all() {
        return List.of(
                new Question("nodes, all time", JOURNEY + "/nodes", Question::nodes, nodes("")),
                new Question(
                        "nodes, 45 days",
                        JOURNEY + "/nodes?basis=activity&from=2026-02-01T00:00:00Z&to=2026-03-18T00:00:00Z",
                        Question::nodes,
                        nodes(between("2026-02-01 00:00:00", "2026-03-18 00:00:00"))),
                new Question(
                        "nodes, a range that cuts days",
                        JOURNEY + "/nodes?basis=activity&from=2026-02-03T07:13:21Z&to=2026-05-19T16:41:05Z",
                        Question::nodes,
                        nodes(between("2026-02-03 07:13:21", "2026-05-19 16:41:05"))),
                new Question(
                        "users a day, ten months",
                        JOURNEY + "/series?measure=entryUsers&bucket=day&basis=activity&" + MONTHS,
                        answer -> days(answer, "UTC"),
                        days("time", IN_MONTHS)),
                new Question(
                        "users a day of Kolkata",
                        JOURNEY + "/series?measure=entryUsers&bucket=day&zone=Asia/Kolkata&basis=activity&" + MONTHS,
                        answer -> days(answer, "Asia/Kolkata"),
                        days("time + INTERVAL '330' MINUTE", IN_MONTHS)),
                new Question(
                        "transitions",
                        JOURNEY + "/transitions",
                        Question::transitions,
                        "SELECT from_node_id, node_id, count(*), count(DISTINCT user_id)" + OF_JOURNEY
                                + " AND type = 'journey.node.entered' GROUP BY from_node_id, node_id"),
                new Question(
                        "durations, p50 and p95",
                        JOURNEY + "/nodes",
                        Question::durations,
                        "SELECT node_id, count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY millis),"
                                + " percentile_disc(0.95) WITHIN GROUP (ORDER BY millis) FROM (SELECT a.node_id,"
                                + " EXTRACT(EPOCH FROM b.time - a.time) * 1000 AS millis FROM event a JOIN event b"
                                + " ON b.visit_id = a.visit_id WHERE a.journey_id = 'journey-1'"
                                + " AND a.type = 'journey.node.entered' AND b.journey_id = 'journey-1'"
                                + " AND b.type = 'journey.node.exited') AS visit GROUP BY node_id"));
    }

    private static String between(String from, String to) {
        return " AND time >= TIMESTAMP '" + from + "' AND time < TIMESTAMP '" + to + "'";
    }

    private static String nodes(String range) {
        return "SELECT node_id, count(*) FILTER (WHERE type = 'journey.node.entered'),"
                + " count(DISTINCT user_id) FILTER (WHERE type = 'journey.node.entered'),"
                + " count(*) FILTER (WHERE type = 'journey.message.sent'),"
                + " count(DISTINCT user_id) FILTER (WHERE type = 'journey.message.sent')" + OF_JOURNEY
                + " AND type IN ('journey.node.entered', 'journey.message.sent')" + range + " GROUP BY node_id";
    }

    private static String days(String time, String range) {
        return "SELECT CAST(" + time + " AS DATE), count(DISTINCT user_id)" + OF_JOURNEY
                + " AND type = 'journey.entered'" + range + " GROUP BY CAST(" + time + " AS DATE)";
    }

    private static List<List<String>> nodes(JsonNode answer) {
        return rows(answer.get("nodes"), "nodeId", "entryCount", "entryUserCount", "sentCount", "sentUserCount");
    }

    private static List<List<String>> transitions(JsonNode answer) {
        return rows(answer.get("transitions"), "from", "to", "count", "users");
    }

    private static List<List<String>> durations(JsonNode answer) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode node : answer.get("nodes")) {
            JsonNode duration = node.get("duration");
            rows.add(List.of(
                    node.get("nodeId").asText(),
                    duration.get("count").asText(),
                    duration.get("p50").asText(),
                    duration.get("p95").asText()));
        }
        return rows;
    }

    private static List<List<String>> days(JsonNode answer, String zone) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode point : answer.get("points")) {
            if (point.get("value").asLong() > 0) {
                OffsetDateTime start = OffsetDateTime.parse(point.get("start").asText());
                String day =
                        start.atZoneSameInstant(ZoneId.of(zone)).toLocalDate().toString();
                rows.add(List.of(day, point.get("value").asText()));
            }
        }
        return rows;
    }

    private static List<List<String>> rows(JsonNode all, String... fields) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode one : all) {
            List<String> row = new ArrayList<>();
            for (String field : fields) {
                row.add(one.get(field).asText());
            }
            rows.add(row);
        }
        return rows;
    }

    /** Numbers may differ by 1 %, as far as percentiles are interpolated. */
    static boolean same(List<List<String>> ours, List<List<String>> peers) {
        if (ours.size() != peers.size()) {
            return false;
        }
        for (int row = 0; row < ours.size(); row++) {
            for (int column = 0; column < ours.get(row).size(); column++) {
                if (!same(ours.get(row).get(column), peers.get(row).get(column), column > 1)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean same(String ours, String peers, boolean nearly) {
        if (ours.equals(peers) || !nearly || !peers.matches("[0-9.]+")) {
            return ours.equals(peers);
        }
        double expected = Double.parseDouble(peers);
        boolean exact = !ours.contains(".") && !peers.contains(".");
        return Math.abs(Double.parseDouble(ours) - expected) <= (exact ? 0 : expected / 100);
    }
}
