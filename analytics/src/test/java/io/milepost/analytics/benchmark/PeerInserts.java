package io.milepost.analytics.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.milepost.analytics.benchmark.Databases.Database;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
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
import org.postgresql.PGConnection;

/**
 * A peer that takes the same bodies into a table with a key on the event's identity, a transaction a body. It parses, but
 * validates and computes nothing.
 */
final class PeerInserts {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Database database;
    private final Way way;

    private interface Way {
        BodyWriter open(Connection connection) throws SQLException;
    }

    private interface BodyWriter {
        void write(byte[] body) throws SQLException, IOException;
    }

    private PeerInserts(String name, Database database, Way way) {
        this.name = name;
        this.database = database;
        this.way = way;
    }

    static PeerInserts postgresBatch(Database database) throws SQLException {
        create(database, "CREATE TABLE batched", "JSONB");
        return new PeerInserts(
                "PostgreSQL, JDBC batch",
                database,
                batch("INSERT INTO batched VALUES (?, ?, ?, ?, ?::jsonb) ON CONFLICT DO NOTHING"));
    }

    /** COPY knows no conflicts, so it fills a temporary table first. */
    static PeerInserts postgresCopy(Database database) throws SQLException {
        create(database, "CREATE TABLE copied", "JSONB");
        return new PeerInserts("PostgreSQL, COPY", database, PeerInserts::copy);
    }

    static PeerInserts h2(Database database) throws SQLException {
        create(database, "CREATE TABLE peer", "VARCHAR");
        return new PeerInserts(
                "H2, a row an event",
                database,
                connection -> durable(
                        connection,
                        batch("INSERT INTO peer VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                                .open(connection)));
    }

    /** The body as it is: DuckDB takes it apart itself, many events at a time. */
    static PeerInserts duckDb(Database database) throws SQLException {
        create(database, "CREATE TABLE peer", "VARCHAR");
        return new PeerInserts("DuckDB", database, connection -> {
            PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO peer SELECT e->>'source', e->>'id', e->>'type', (e->>'time')::TIMESTAMPTZ, e->'data'"
                            + " FROM (SELECT unnest(from_json(?, '[\"JSON\"]')) e) ON CONFLICT DO NOTHING");
            return body -> {
                insert.setString(1, new String(body, StandardCharsets.UTF_8));
                insert.execute();
            };
        });
    }

    String name() {
        return name;
    }

    long send(Queue<byte[]> waiting, int connections, ExecutorService senders)
            throws InterruptedException, ExecutionException {
        List<Future<Long>> done = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            done.add(senders.submit(() -> drain(waiting)));
        }
        long bodies = 0;
        for (Future<Long> one : done) {
            bodies += one.get();
        }
        return bodies;
    }

    private long drain(Queue<byte[]> waiting) throws SQLException, IOException {
        long bodies = 0;
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            BodyWriter writer = way.open(connection);
            for (byte[] body = waiting.poll(); body != null; body = waiting.poll()) {
                writer.write(body);
                connection.commit();
                bodies++;
            }
        }
        return bodies;
    }

    private static void create(Database database, String create, String json) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    create + " (source VARCHAR, id VARCHAR, type VARCHAR, time TIMESTAMP WITH TIME ZONE, data " + json
                            + ", PRIMARY KEY (source, id))");
        }
    }

    private static Way batch(String sql) {
        return connection -> {
            PreparedStatement insert = connection.prepareStatement(sql);
            return body -> {
                for (JsonNode event : JSON.readTree(body)) {
                    insert.setString(1, event.get("source").textValue());
                    insert.setString(2, event.get("id").textValue());
                    insert.setString(3, event.get("type").textValue());
                    insert.setObject(
                            4, Instant.parse(event.get("time").textValue()).atOffset(ZoneOffset.UTC));
                    insert.setString(5, event.get("data").toString());
                    insert.addBatch();
                }
                insert.executeBatch();
            };
        };
    }

    /** H2 leaves it to the operating system when a commit reaches the disk, unless told. */
    private static BodyWriter durable(Connection connection, BodyWriter writer) {
        return body -> {
            writer.write(body);
            connection.commit();
            try (Statement statement = connection.createStatement()) {
                statement.execute("CHECKPOINT SYNC");
            }
        };
    }

    private static BodyWriter copy(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE incoming (LIKE copied) ON COMMIT DELETE ROWS");
        }
        PreparedStatement insert =
                connection.prepareStatement("INSERT INTO copied SELECT * FROM incoming ON CONFLICT DO NOTHING");
        return body -> {
            StringBuilder rows = new StringBuilder();
            for (JsonNode event : JSON.readTree(body)) {
                for (String field : List.of("source", "id", "type", "time")) {
                    rows.append(event.get(field).textValue()).append('\t');
                }
                rows.append(event.get("data").toString().replace("\\", "\\\\")).append('\n');
            }
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY incoming FROM STDIN", new StringReader(rows.toString()));
            insert.executeUpdate();
        };
    }
}
