package io.milepost.analytics.store.jdbc;

import io.milepost.analytics.store.RejectedEvent;
import io.milepost.analytics.store.RejectedEvents;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

@Singleton
final class JdbcRejectedEvents implements RejectedEvents {

    private static final String SELECT = "SELECT id, received_at, reason, event_id, field, detail, body, body_length"
            + " FROM rejected_event WHERE account_id = ? AND ";

    private final Connections connections;

    JdbcRejectedEvents(Connections connections) {
        this.connections = connections;
    }

    @Override
    public List<RejectedEvent> before(long account, long before, int most) {
        return connections.run(connection -> before(connection, account, before, most));
    }

    static List<RejectedEvent> before(Connection connection, long account, long before, int most) throws SQLException {
        // H2 takes the order from the index only where all its columns are named; otherwise it sorts all rows for each
        // page.
        return select(connection, SELECT + "id < ? ORDER BY account_id DESC, id DESC LIMIT " + most, account, before);
    }

    @Override
    public long count(long account) {
        return connections.run(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT count(*) FROM rejected_event WHERE account_id = ?")) {
                statement.setLong(1, account);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    @Override
    public Optional<RejectedEvent> find(long account, long id) {
        return connections.run(connection -> select(connection, SELECT + "id = ?", account, id)).stream()
                .findFirst();
    }

    @Override
    public boolean delete(long account, long id) {
        return connections.runDurably(connection -> delete(connection, account, id));
    }

    static boolean delete(Connection connection, long account, long id) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM rejected_event WHERE account_id = ? AND id = ?")) {
            delete.setLong(1, account);
            delete.setLong(2, id);
            return delete.executeUpdate() > 0;
        }
    }

    private static List<RejectedEvent> select(Connection connection, String sql, long account, long id)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, account);
            statement.setLong(2, id);
            List<RejectedEvent> events = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    events.add(event(row));
                }
            }
            return events;
        }
    }

    private static RejectedEvent event(ResultSet row) throws SQLException {
        return new RejectedEvent(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getBytes(7),
                row.getInt(8));
    }
}
