package io.milepost.analytics.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/**
 * The plain way, as a peer: the same bodies, each one transaction of a JDBC batch of {@code INSERT … ON CONFLICT DO
 * NOTHING} with a primary key on the event's identity. It parses, but validates and computes nothing.
 */
final class JdbcInserts {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DataSource database;

    JdbcInserts(DataSource database) throws SQLException {
        this.database = database;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS peer_event (source TEXT, id TEXT, type TEXT, time TIMESTAMPTZ,"
                            + " data JSONB, PRIMARY KEY (source, id))");
        }
    }

    long send(Queue<byte[]> waiting, int connections, ExecutorService senders)
            throws InterruptedException, ExecutionException {
        List<Future<Long>> done = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            done.add(senders.submit(() -> drain(waiting)));
        }
        long inserted = 0;
        for (Future<Long> one : done) {
            inserted += one.get();
        }
        return inserted;
    }

    private long drain(Queue<byte[]> waiting) throws SQLException, IOException {
        long inserted = 0;
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO peer_event VALUES (?, ?, ?, ?, ?::jsonb) ON CONFLICT DO NOTHING")) {
            connection.setAutoCommit(false);
            for (byte[] body = waiting.poll(); body != null; body = waiting.poll()) {
                for (JsonNode event : JSON.readTree(body)) {
                    insert.setString(1, event.get("source").textValue());
                    insert.setString(2, event.get("id").textValue());
                    insert.setString(3, event.get("type").textValue());
                    insert.setObject(
                            4, Instant.parse(event.get("time").textValue()).atOffset(ZoneOffset.UTC));
                    insert.setString(5, event.get("data").toString());
                    insert.addBatch();
                }
                inserted += insert.executeBatch().length;
                connection.commit();
            }
        }
        return inserted;
    }
}
