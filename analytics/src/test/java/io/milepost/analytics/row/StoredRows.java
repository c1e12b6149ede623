package io.milepost.analytics.row;

import io.milepost.analytics.event.Nanos;
import io.milepost.analytics.store.ConversionRow;
import io.milepost.analytics.store.EntryRow;
import io.milepost.analytics.store.EntryRows;
import io.milepost.analytics.store.MessageRow;
import io.milepost.analytics.store.VisitRow;
import io.milepost.analytics.store.jdbc.Connections;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the fact tables hold, read with SQL, and the same of what they should hold. */
final class StoredRows {

    private static final List<String> KINDS =
            List.of("delivered", "shown", "opened", "clicked", "replied", "bounced", "unsubscribed", "complained");

    private StoredRows() {}

    static TreeMap<String, EntryRows> read(Connections connections) {
        return connections.run(connection -> {
            TreeMap<String, EntryRows> rows = new TreeMap<>();
            each(connection, "SELECT * FROM fact_entry", row -> {
                EntryRows entry = new EntryRows(entry(row), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
                rows.put(KnownRows.key(entry), entry);
            });
            each(connection, "SELECT * FROM fact_visit ORDER BY visit_number", row -> of(rows, row)
                    .visits()
                    .add(visit(row)));
            each(connection, "SELECT * FROM fact_message", row -> of(rows, row)
                    .messages()
                    .add(message(row)));
            each(connection, "SELECT * FROM fact_conversion ORDER BY conversion_number", row -> of(rows, row)
                    .conversions()
                    .add(conversion(row)));
            rows.replaceAll((key, entry) -> comparable(entry));
            return rows;
        });
    }

    /** Without what is not stored, such as the zeros at the end of an amount. */
    static EntryRows comparable(EntryRows rows) {
        return new EntryRows(
                rows.entry(),
                rows.visits(),
                rows.messages().stream()
                        .map(StoredRows::comparable)
                        .sorted(Comparator.comparing(MessageRow::messageId))
                        .toList(),
                rows.conversions().stream().map(StoredRows::comparable).toList());
    }

    private static MessageRow comparable(MessageRow row) {
        Map<String, Integer> engagements = new HashMap<>();
        row.engagements()
                .forEach(
                        (kind, count) -> engagements.merge(KINDS.contains(kind) ? kind : "other", count, Integer::sum));
        engagements.values().removeIf(count -> count == 0);
        return new MessageRow(
                row.messageId(),
                false,
                row.nodeId(),
                row.sent(),
                row.statusAt(),
                row.channel(),
                row.platform(),
                plain(row.cost()),
                row.currency(),
                row.failureReason(),
                engagements,
                row.machineEngagements());
    }

    private static ConversionRow comparable(ConversionRow row) {
        return new ConversionRow(
                row.source(), row.eventId(), row.name(), row.convertedAt(), plain(row.amount()), row.currency());
    }

    private static @Nullable BigDecimal plain(@Nullable BigDecimal value) {
        return value == null ? null : value.stripTrailingZeros();
    }

    private interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    private static void each(Connection connection, String sql, Reader reader) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    private static EntryRows of(Map<String, EntryRows> rows, ResultSet row) throws SQLException {
        EntryRows entry = rows.get(row.getString("journey_id") + "\n" + row.getString("entry_id"));
        if (entry == null) {
            throw new AssertionError("a row of no entry: " + row.getString("entry_id"));
        }
        return entry;
    }

    private static EntryRow entry(ResultSet row) throws SQLException {
        return new EntryRow(
                row.getString("journey_id"),
                row.getString("entry_id"),
                row.getString("user_id"),
                row.getLong("version"),
                row.getString("variant"),
                row.getBoolean("test"),
                nanos(row, "started_at"),
                optionalNanos(row, "exited_at"),
                row.getString("exit_reason"),
                row.getString("exit_node_id"),
                optionalNanos(row, "converted_at"));
    }

    private static VisitRow visit(ResultSet row) throws SQLException {
        BigDecimal duration = row.getBigDecimal("duration_ms");
        return new VisitRow(
                row.getString("visit_id"),
                row.getString("node_id"),
                row.getString("from_node_id"),
                row.getString("edge_id"),
                nanos(row, "entered_at"),
                optionalNanos(row, "left_at"),
                row.getString("outcome"),
                row.getString("state"),
                duration == null ? null : duration.movePointRight(6).longValueExact());
    }

    private static MessageRow message(ResultSet row) throws SQLException {
        Map<String, Integer> engagements = new HashMap<>();
        for (String kind : KINDS) {
            engagements.put(kind, row.getInt(kind + "_count"));
        }
        engagements.put("other", row.getInt("other_count"));
        return new MessageRow(
                row.getString("message_id"),
                false,
                row.getString("node_id"),
                row.getString("status").equals("sent"),
                nanos(row, "status_at"),
                row.getString("channel"),
                row.getString("platform"),
                row.getBigDecimal("cost"),
                row.getString("currency"),
                row.getString("failure_reason"),
                engagements,
                row.getInt("machine_count"));
    }

    private static ConversionRow conversion(ResultSet row) throws SQLException {
        return new ConversionRow(
                row.getString("source"),
                row.getString("event_id"),
                row.getString("event_name"),
                nanos(row, "converted_at"),
                row.getBigDecimal("amount"),
                row.getString("currency"));
    }

    private static @Nullable Long optionalNanos(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null ? null : nanos(row, column);
    }

    private static long nanos(ResultSet row, String column) throws SQLException {
        return Nanos.of(row.getObject(column, OffsetDateTime.class).toInstant()) + row.getInt(column + "_nanos");
    }
}
