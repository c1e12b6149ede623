package io.milepost.analytics.benchmark;

import io.milepost.analytics.benchmark.Databases.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** All raw events in one table of a peer, indexed where that helps it, and asked by SQL. */
final class PeerTable implements AutoCloseable {

    private final String name;
    private final Connection connection;

    private PeerTable(String name, Database database) throws SQLException {
        this.name = name;
        this.connection = database.connect();
    }

    /** Needs no index: it reads only the columns and, as they are in order of time, the row groups a question needs. */
    static PeerTable duckDb(Database database, String csv) throws SQLException {
        PeerTable table = new PeerTable("DuckDB", database);
        table.run("CREATE TABLE event (" + EventRows.COLUMNS + ")");
        table.run("COPY event FROM '" + csv + "' (FORMAT csv, HEADER false)");
        table.run("CHECKPOINT");
        return table;
    }

    static PeerTable postgres(Database database, String csv) throws SQLException {
        PeerTable table = new PeerTable("PostgreSQL", database);
        table.run("CREATE TABLE event (" + EventRows.COLUMNS + ")");
        table.run("COPY event FROM '" + csv + "' (FORMAT csv)");
        table.run("CREATE INDEX ON event (journey_id, type, time)");
        table.run("VACUUM ANALYZE event");
        return table;
    }

    /** It joins by index alone, so the visits have one too. */
    static PeerTable h2(Database database, String csv) throws SQLException {
        PeerTable table = new PeerTable("H2", database);
        table.run("CREATE TABLE event (" + EventRows.COLUMNS + ")");
        table.run("INSERT INTO event SELECT * FROM CSVREAD('" + csv + "', '"
                + EventRows.COLUMNS.replaceAll(" (VARCHAR|TIMESTAMP)", "") + "')");
        table.run("CREATE INDEX event_time ON event (journey_id, type, time)");
        table.run("CREATE INDEX event_visit ON event (visit_id)");
        table.run("ANALYZE");
        return table;
    }

    String name() {
        return name;
    }

    /** The rows, each with its columns side by side, in order of their text. */
    List<List<String>> ask(String sql) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(row);
            }
        }
        rows.sort((a, b) -> a.toString().compareTo(b.toString()));
        return rows;
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
