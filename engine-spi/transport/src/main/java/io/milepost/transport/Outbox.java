package io.milepost.transport;

import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.sql.DataSource;

/**
 * A table in the engine's own database, into which a transaction of the engine writes what it tells: both are committed or
 * neither. An {@link OutboxRelay} brings the rows to analytics and deletes them.
 *
 * <p>A row is what one transaction told, its events as JSON, one a line, compressed where they are many. Rows of a
 * process that ended are taken over by the next one, and by the other nodes of a cluster after a minute.
 *
 * <p>Any thread.
 *
 * @since 0.1
 */
public final class Outbox {
    private static final String NAME = "MILEPOST_OUTBOX";
    private static final int ROW_BYTES = 256 * 1024;
    private static final int COMPRESSED_FROM = 16 * 1024;
    private static final long ABANDONED_MILLIS = 60_000;

    private final String table;
    private final String insert;
    private final String writer = UUID.randomUUID().toString();
    private final InstantSource clock;
    /** As many as there were threads that wrote at once. */
    private final Queue<JsonBytes> buffers = new ConcurrentLinkedQueue<>();

    private Outbox(String table, InstantSource clock) {
        this.table = table;
        insert = "INSERT INTO " + table + " (WRITER_, WRITTEN_, BODY_) VALUES (?, ?, ?)";
        this.clock = clock;
    }

    /**
     * The table {@code MILEPOST_OUTBOX}.
     *
     * @param prefix of the names of the engine's tables, such as a schema and a dot; empty = none
     */
    public static Outbox withPrefix(String prefix, InstantSource clock) {
        return new Outbox(prefix + NAME, clock);
    }

    /**
     * Makes the table if it is not there, in H2 and PostgreSQL; for others, and where the engine's user may not, there are
     * the scripts {@code outbox.*.sql} in this package. Blocks; call it while the engine starts.
     *
     * @throws IllegalStateException if there is no table and it can't be made
     */
    public void prepare(DataSource database) {
        try (Connection connection = database.getConnection()) {
            if (!exists(connection)) {
                create(connection);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The outbox " + table + " can't be used: " + e.getMessage(), e);
        }
    }

    /**
     * Writes the batch in that connection's transaction, as a row or, if it is large, a few. Blocks for as long as an
     * insert takes.
     */
    public void write(Connection engines, JourneyEventBatch batch) throws SQLException {
        try (PreparedStatement row = engines.prepareStatement(insert)) {
            for (byte[] body : bodies(batch)) {
                row.setString(1, writer);
                row.setLong(2, clock.millis());
                row.setBytes(3, body);
                row.executeUpdate();
            }
        }
    }

    /** The oldest rows of this process and those abandoned by others, or at its start of all. */
    List<Row> read(DataSource database, int most, boolean all, Consumer<UnreadableRowException> damaged)
            throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT ID_, BODY_ FROM " + table + " WHERE WRITER_ = ? OR WRITTEN_ <= ? ORDER BY ID_")) {
            select.setMaxRows(most);
            select.setString(1, writer);
            select.setLong(2, all ? Long.MAX_VALUE : clock.millis() - ABANDONED_MILLIS);
            List<Row> rows = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    try {
                        rows.add(Row.of(found.getLong(1), found.getBytes(2)));
                    } catch (UnreadableRowException unreadable) {
                        damaged.accept(unreadable);
                    }
                }
            }
            return rows;
        }
    }

    /**
     * Commits a word of ours behind the rows that were read. A database may show what was committed a moment before it is
     * safe on disk; a later commit that has returned is behind it in the log, so that from then on what was read stays,
     * whatever halts.
     */
    void seal(DataSource database, Row row) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement touch =
                        connection.prepareStatement("UPDATE " + table + " SET WRITTEN_ = WRITTEN_ + 1 WHERE ID_ = ?")) {
            touch.setLong(1, row.id());
            touch.executeUpdate();
            commit(connection);
        }
    }

    /**
     * Deletes these rows, which were all read, and no other. Runs of consecutive ids in one statement each: between two of
     * them that were read there can be none that was not, whenever its transaction is committed.
     */
    void delete(DataSource database, List<Row> rows) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM " + table + " WHERE ID_ BETWEEN ? AND ?")) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                for (int from = 0; from < rows.size(); ) {
                    int to = endOfRun(rows, from);
                    delete.setLong(1, rows.get(from).id());
                    delete.setLong(2, rows.get(to - 1).id());
                    delete.addBatch();
                    from = to;
                }
                delete.executeBatch();
                connection.commit();
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        }
    }

    private static int endOfRun(List<Row> rows, int from) {
        int to = from + 1;
        while (to < rows.size() && rows.get(to).id() == rows.get(to - 1).id() + 1) {
            to++;
        }
        return to;
    }

    /** How many rows wait, of all processes. Reads the whole table: for people, now and then. */
    public long waiting(DataSource database) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            count.next();
            return count.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("The outbox " + table + " can't be read: " + e.getMessage(), e);
        }
    }

    private boolean exists(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT ID_, WRITER_, WRITTEN_, BODY_ FROM " + table + " WHERE 1 = 0");
            return true;
        } catch (SQLException missing) {
            rollBack(connection);
            return false;
        }
    }

    /** Of a pool whose connections don't commit by themselves: PostgreSQL takes nothing after an error before it is undone. */
    private static void rollBack(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
    }

    private static void commit(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    private void create(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        String script = "outbox." + product + ".sql";
        try (InputStream sql = Outbox.class.getResourceAsStream(script)) {
            if (sql == null) {
                throw new SQLException("the table is to be made by hand on " + product
                        + ", which no script is for; outbox.h2.sql says which columns it has");
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8).replace(NAME, table));
            }
            commit(connection);
        } catch (IOException e) {
            throw new UncheckedIOException(script, e);
        } catch (SQLException e) {
            rollBack(connection);
            // Two nodes that start at once may both have found it missing.
            if (!exists(connection)) {
                throw e;
            }
        }
    }

    private List<byte[]> bodies(JourneyEventBatch batch) {
        JsonBytes lent = buffers.poll();
        JsonBytes lines = lent == null ? new JsonBytes(ROW_BYTES / 64) : lent;
        try {
            return bodies(batch, lines);
        } finally {
            lines.resize(0);
            if (lines.array().length <= 2 * ROW_BYTES) {
                buffers.offer(lines);
            }
        }
    }

    private static List<byte[]> bodies(JourneyEventBatch batch, JsonBytes lines) {
        List<byte[]> bodies = new ArrayList<>(1);
        EventWriter writer = new EventWriter(lines);
        for (JourneyEvent event : batch.events()) {
            writer.write(event);
            lines.endLine();
            if (lines.size() >= ROW_BYTES) {
                bodies.add(compressed(lines.copy()));
                writer.resize(0);
            }
        }
        if (lines.size() > 0) {
            bodies.add(compressed(lines.copy()));
        }
        return bodies;
    }

    private static byte[] compressed(byte[] body) {
        if (body.length < COMPRESSED_FROM) {
            return body;
        }
        ByteArrayOutputStream small = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(small)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("memory doesn't refuse", e);
        }
        return small.toByteArray();
    }

    /**
     * A row of the table.
     *
     * @param lines what a transaction told, one event a line
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Row(long id, byte[] lines, int events) {
        static Row of(long id, byte[] body) {
            try {
                byte[] lines = isPlain(body) ? body : inflated(body);
                return new Row(id, lines, count(lines));
            } catch (IOException damaged) {
                throw new UnreadableRowException(id, damaged);
            }
        }

        /** As a text, in which the JVM looks at many bytes at a time. */
        private static int count(byte[] lines) {
            String text = new String(lines, StandardCharsets.ISO_8859_1);
            int count = 0;
            for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
                count++;
            }
            return count;
        }

        JourneyEventBatch batch() {
            List<JourneyEvent> events = new ArrayList<>();
            int from = 0;
            try {
                for (int i = 0; i < lines.length; i++) {
                    if (lines[i] == '\n') {
                        events.add(CloudEvents.decode(lines, from, i - from));
                        from = i + 1;
                    }
                }
            } catch (IllegalArgumentException damaged) {
                throw new UnreadableRowException(id, damaged);
            }
            return new JourneyEventBatch(events);
        }

        private static boolean isPlain(byte[] body) {
            return body.length > 2 && body[0] == '{' && body[body.length - 2] == '}' && body[body.length - 1] == '\n';
        }

        private static byte[] inflated(byte[] body) throws IOException {
            try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
                return gzip.readAllBytes();
            }
        }
    }
}
