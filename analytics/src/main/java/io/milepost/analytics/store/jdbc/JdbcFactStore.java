package io.milepost.analytics.store.jdbc;

import io.milepost.analytics.store.ConversionRow;
import io.milepost.analytics.store.EntryRow;
import io.milepost.analytics.store.EntryRows;
import io.milepost.analytics.store.FactProgress;
import io.milepost.analytics.store.FactStore;
import io.milepost.analytics.store.MessageRow;
import io.milepost.analytics.store.VisitRow;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

@Singleton
final class JdbcFactStore implements FactStore {

    private static final List<String> TABLES = List.of("fact_entry", "fact_visit", "fact_message", "fact_conversion");
    /** Kinds with a column of their own, in its order. */
    private static final List<String> KINDS =
            List.of("delivered", "shown", "opened", "clicked", "replied", "bounced", "unsubscribed", "complained");

    private final Connections connections;

    JdbcFactStore(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Optional<FactProgress> progress(long account) {
        return connections.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT format, complete_to, writes, NOT EXISTS (SELECT 1 FROM fact_entry"
                            + " WHERE fact_entry.account_id = fact_progress.account_id) FROM fact_progress"
                            + " WHERE account_id = ?")) {
                select.setLong(1, account);
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(
                                    new FactProgress(row.getInt(1), row.getLong(2), row.getLong(3), row.getBoolean(4)))
                            : Optional.empty();
                }
            }
        });
    }

    @Override
    public FactProgress restart(long account, int format) {
        connections.runInTransaction(connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE fact_progress SET format = ?,"
                    + " complete_to = 0, writes = writes + 1 WHERE account_id = ?")) {
                update.setInt(1, format);
                update.setLong(2, account);
                return update.executeUpdate() > 0 || insertProgress(connection, account, format);
            }
        });
        return progress(account).orElseThrow();
    }

    private static boolean insertProgress(Connection connection, long account, int format) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO fact_progress (account_id, format, complete_to, writes) VALUES (?, ?, 0, 0)")) {
            insert.setLong(1, account);
            insert.setInt(2, format);
            return insert.executeUpdate() > 0;
        }
    }

    @Override
    public Optional<FactProgress> replace(
            long account, FactProgress from, List<List<EntryRows>> entries, long completeTo) {
        boolean done = connections.runInTransaction(connection -> {
            if (!advance(connection, account, from, completeTo)) {
                return false;
            }
            for (List<EntryRows> folded : entries) {
                replace(connection, account, folded);
            }
            return true;
        });
        return done
                ? Optional.of(new FactProgress(
                        from.format(), completeTo, from.writes() + 1, from.empty() && entries.isEmpty()))
                : Optional.empty();
    }

    private static void replace(Connection connection, long account, List<EntryRows> entries) throws SQLException {
        for (String table : TABLES) {
            delete(connection, table, account, entries);
        }
        deleteWandering(connection, account, entries);
        insertEntries(connection, account, entries);
        insertVisits(connection, account, entries);
        insertMessages(connection, account, entries);
        insertConversions(connection, account, entries);
    }

    private static boolean advance(Connection connection, long account, FactProgress from, long completeTo)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE fact_progress SET complete_to = ?,"
                + " writes = writes + 1 WHERE account_id = ? AND format = ? AND writes = ?")) {
            update.setLong(1, completeTo);
            update.setLong(2, account);
            update.setInt(3, from.format());
            update.setLong(4, from.writes());
            return update.executeUpdate() == 1;
        }
    }

    private static void delete(Connection connection, String table, long account, List<EntryRows> entries)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM " + table + " WHERE account_id = ? AND journey_id = ? AND entry_id = ?")) {
            for (EntryRows rows : entries) {
                delete.setLong(1, account);
                delete.setString(2, rows.entry().journeyId());
                delete.setString(3, rows.entry().entryId());
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    /** A message that is of one entry now may still have its row under another. */
    private static void deleteWandering(Connection connection, long account, List<EntryRows> entries)
            throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM fact_message WHERE account_id = ? AND message_id = ?")) {
            for (EntryRows rows : entries) {
                for (MessageRow message : rows.messages()) {
                    if (message.wanders()) {
                        delete.setLong(1, account);
                        delete.setString(2, message.messageId());
                        delete.executeUpdate();
                    }
                }
            }
        }
    }

    private static void insertEntries(Connection connection, long account, List<EntryRows> entries)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO fact_entry (account_id, journey_id, entry_id, user_id, version, variant, test, started_at,"
                        + " started_at_nanos, exited_at, exited_at_nanos, exit_reason, exit_node_id, converted_at,"
                        + " converted_at_nanos) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (EntryRows rows : entries) {
                EntryRow entry = rows.entry();
                new Row(insert)
                        .number(account)
                        .text(entry.journeyId())
                        .text(entry.entryId())
                        .text(entry.userId())
                        .number(entry.version())
                        .text(entry.variant())
                        .truth(entry.test())
                        .instant(entry.startedAt())
                        .instant(entry.exitedAt())
                        .text(entry.exitReason())
                        .text(entry.exitNodeId())
                        .instant(entry.convertedAt())
                        .end();
            }
            insert.executeBatch();
        }
    }

    private static void insertVisits(Connection connection, long account, List<EntryRows> entries) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO fact_visit (account_id, journey_id, entry_id, visit_number, visit_id, node_id,"
                        + " from_node_id, edge_id, entered_at, entered_at_nanos, left_at, left_at_nanos, outcome, state,"
                        + " duration_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (EntryRows rows : entries) {
                int number = 0;
                for (VisitRow visit : rows.visits()) {
                    new Row(insert)
                            .number(account)
                            .text(rows.entry().journeyId())
                            .text(rows.entry().entryId())
                            .number(++number)
                            .text(visit.visitId())
                            .text(visit.nodeId())
                            .text(visit.fromNodeId())
                            .text(visit.edgeId())
                            .instant(visit.enteredAt())
                            .instant(visit.leftAt())
                            .text(visit.outcome())
                            .text(visit.state())
                            .millis(visit.durationNanos())
                            .end();
                }
            }
            insert.executeBatch();
        }
    }

    private static void insertMessages(Connection connection, long account, List<EntryRows> entries)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO fact_message (account_id, journey_id, entry_id, message_id, node_id, status, status_at,"
                        + " status_at_nanos, channel, platform, cost, currency, failure_reason, delivered_count,"
                        + " shown_count, opened_count, clicked_count, replied_count, bounced_count, unsubscribed_count,"
                        + " complained_count, other_count, machine_count)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (EntryRows rows : entries) {
                for (MessageRow message : rows.messages()) {
                    Row row = new Row(insert)
                            .number(account)
                            .text(rows.entry().journeyId())
                            .text(rows.entry().entryId())
                            .text(message.messageId())
                            .text(message.nodeId())
                            .text(message.sent() ? "sent" : "failed")
                            .instant(message.statusAt())
                            .text(message.channel())
                            .text(message.platform())
                            .decimal(message.cost())
                            .text(message.currency())
                            .text(message.failureReason());
                    engagements(message, row);
                    row.end();
                }
            }
            insert.executeBatch();
        }
    }

    private static void engagements(MessageRow message, Row row) throws SQLException {
        long others = message.engagements().values().stream()
                .mapToLong(Integer::longValue)
                .sum();
        for (String kind : KINDS) {
            int count = message.engagements().getOrDefault(kind, 0);
            others -= count;
            row.number(count);
        }
        row.number(others).number(message.machineEngagements());
    }

    private static void insertConversions(Connection connection, long account, List<EntryRows> entries)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO fact_conversion (account_id, journey_id, entry_id, conversion_number, source, event_id,"
                        + " event_name, converted_at, converted_at_nanos, amount, currency)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (EntryRows rows : entries) {
                int number = 0;
                for (ConversionRow conversion : rows.conversions()) {
                    new Row(insert)
                            .number(account)
                            .text(rows.entry().journeyId())
                            .text(rows.entry().entryId())
                            .number(++number)
                            .text(conversion.source())
                            .text(conversion.eventId())
                            .text(conversion.name())
                            .instant(conversion.convertedAt())
                            .decimal(conversion.amount())
                            .text(conversion.currency())
                            .end();
                }
            }
            insert.executeBatch();
        }
    }

    /** Gives a user another id in all rows; how many entries were his. */
    static int renameUser(Connection connection, long account, String userId, String newId) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE fact_message SET failure_reason = NULL"
                + " WHERE account_id = ? AND POSITION(? IN failure_reason) > 0 AND EXISTS (SELECT 1 FROM fact_entry e"
                + " WHERE e.account_id = fact_message.account_id AND e.journey_id = fact_message.journey_id"
                + " AND e.entry_id = fact_message.entry_id AND e.user_id = ?)")) {
            update.setLong(1, account);
            update.setString(2, userId);
            update.setString(3, userId);
            update.executeUpdate();
        }
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE fact_entry SET user_id = ? WHERE account_id = ? AND user_id = ?")) {
            update.setString(1, newId);
            update.setLong(2, account);
            update.setString(3, userId);
            return update.executeUpdate();
        }
    }
}
