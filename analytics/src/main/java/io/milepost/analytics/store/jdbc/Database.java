package io.milepost.analytics.store.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** What differs between the two databases. */
enum Database {
    H2 {
        @Override
        void makeDurable(Connection connection) throws SQLException {
            execute(connection, "CHECKPOINT SYNC");
        }

        @Override
        void hurry(Connection connection) {
            // a commit does not wait for the disk anyway
        }

        @Override
        void abandon(Connection connection) throws SQLException {
            execute(connection, "SHUTDOWN IMMEDIATELY");
        }

        @Override
        void compact(Connection connection) throws SQLException {
            execute(connection, "SHUTDOWN COMPACT");
        }

        @Override
        boolean backUp(Connection connection, Path file) throws SQLException {
            try (PreparedStatement backup = connection.prepareStatement("BACKUP TO ?")) {
                backup.setString(1, file.toString());
                backup.execute();
                return true;
            }
        }
    },
    POSTGRESQL {
        @Override
        void makeDurable(Connection connection) {
            // a commit is: synchronous_commit is set on each connection
        }

        @Override
        void hurry(Connection connection) throws SQLException {
            execute(connection, "SET LOCAL synchronous_commit TO off");
        }

        @Override
        void abandon(Connection connection) throws SQLException {
            connection.close();
        }

        @Override
        void compact(Connection connection) {
            // a running server's rows are its own vacuum's affair
        }

        @Override
        boolean backUp(Connection connection, Path file) {
            return false;
        }
    };

    /** Called after a commit: returns when what was committed survives a power cut. */
    abstract void makeDurable(Connection connection) throws SQLException;

    /** Called in a transaction: its commit need not wait for the disk. */
    abstract void hurry(Connection connection) throws SQLException;

    /** Gives up what the database still holds in memory, so that the next connection starts from the disk. */
    abstract void abandon(Connection connection) throws SQLException;

    /** Called last: writes the database's file anew, without what was deleted from it. */
    abstract void compact(Connection connection) throws SQLException;

    /** Copies all that is committed into the file, while others write; false = not from here. */
    abstract boolean backUp(Connection connection, Path file) throws SQLException;

    static Database of(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("H2") ? H2 : POSTGRESQL;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
