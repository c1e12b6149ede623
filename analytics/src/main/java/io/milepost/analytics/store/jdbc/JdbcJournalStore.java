package io.milepost.analytics.store.jdbc;

import io.milepost.analytics.store.JournalStore;
import io.milepost.analytics.store.RejectedEvent;
import io.milepost.analytics.store.StoredBlock;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

@Singleton
final class JdbcJournalStore implements JournalStore {

    private static final String SELECT = "SELECT account_id, sequence, first_event, event_count, received_at, payload,"
            + " identities, checksum FROM event_block WHERE account_id = ? AND ";

    private final Connections connections;

    JdbcJournalStore(Connections connections) {
        this.connections = connections;
    }

    @Override
    public List<StoredBlock> blocksAfter(long account, long sequence, int most) {
        return connections.run(connection -> {
            // Bounded, for H2 reads and sorts all that follow where the order is not the whole key's.
            List<StoredBlock> next = select(
                    connection,
                    SELECT + "sequence > ? AND sequence <= " + (sequence + most) + " ORDER BY sequence",
                    account,
                    sequence);
            return next.isEmpty()
                    ? select(
                            connection,
                            SELECT + "sequence > ? ORDER BY account_id, sequence LIMIT 1",
                            account,
                            sequence)
                    : next;
        });
    }

    @Override
    public Optional<StoredBlock> block(long account, long sequence) {
        return connections.run(connection -> select(connection, SELECT + "sequence = ?", account, sequence)).stream()
                .findFirst();
    }

    /** @throws SQLException also where there is no such block */
    static StoredBlock block(Connection connection, long account, long sequence) throws SQLException {
        return select(connection, SELECT + "sequence = ?", account, sequence).stream()
                .findFirst()
                .orElseThrow(() -> new SQLException("block " + sequence + " is missing"));
    }

    private static List<StoredBlock> select(Connection connection, String sql, long account, long sequence)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, account);
            statement.setLong(2, sequence);
            List<StoredBlock> blocks = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    blocks.add(block(row));
                }
            }
            return blocks;
        }
    }

    private static StoredBlock block(ResultSet row) throws SQLException {
        return new StoredBlock(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getInt(4),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                row.getBytes(6),
                row.getBytes(7),
                row.getInt(8));
    }

    @Override
    public void append(long account, List<StoredBlock> blocks, List<RejectedEvent> rejected, List<Long> mended) {
        connections.runDurably(connection -> {
            insertBlocks(connection, blocks);
            insertRejected(connection, account, rejected);
            deleteMended(connection, account, mended);
            return blocks.size();
        });
    }

    private static void insertBlocks(Connection connection, List<StoredBlock> blocks) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO event_block (account_id, sequence, first_event, event_count, received_at, payload,"
                        + " identities, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (StoredBlock block : blocks) {
                insert.setLong(1, block.account());
                insert.setLong(2, block.sequence());
                insert.setLong(3, block.firstEvent());
                insert.setInt(4, block.eventCount());
                insert.setObject(5, block.receivedAt().atOffset(ZoneOffset.UTC));
                insert.setBytes(6, block.payload());
                insert.setBytes(7, block.identities());
                insert.setInt(8, block.checksum());
                insert.executeUpdate();
            }
        }
    }

    private static void insertRejected(Connection connection, long account, List<RejectedEvent> rejected)
            throws SQLException {
        if (rejected.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO rejected_event (account_id, received_at, reason, event_id, field, detail, body,"
                        + " body_length) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (RejectedEvent event : rejected) {
                insert.setLong(1, account);
                insert.setObject(2, event.receivedAt().atOffset(ZoneOffset.UTC));
                insert.setString(3, event.reason());
                insert.setString(4, event.eventId());
                insert.setString(5, event.field());
                insert.setString(6, event.detail());
                insert.setBytes(7, event.body());
                insert.setInt(8, event.bodyLength());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void deleteMended(Connection connection, long account, List<Long> mended) throws SQLException {
        for (long id : mended) {
            JdbcRejectedEvents.delete(connection, account, id);
        }
    }

    @Override
    public void reopen(long account) {
        connections.abandon();
        connections.runDurably(connection -> {
            try (PreparedStatement probe =
                    connection.prepareStatement("UPDATE account SET reopened = reopened + 1 WHERE id = ?")) {
                probe.setLong(1, account);
                return probe.executeUpdate();
            }
        });
    }
}
