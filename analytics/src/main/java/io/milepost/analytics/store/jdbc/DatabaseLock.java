package io.milepost.analytics.store.jdbc;

import io.milepost.analytics.store.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps other servers out of a PostgreSQL schema: an advisory lock of a session of its own. It ends with the session, so
 * a server that is killed leaves nothing behind. One thread at a time.
 */
final class DatabaseLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseLock.class);

    /** Ours among the advisory locks of a database; "Mile". */
    private static final int LOCK = 0x4D696C65;

    /** Time for the database to notice that the server before is gone. */
    private static final String PATIENCE = "3s";

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final int ANSWER_SECONDS = 5;

    private final String url;
    private final Properties login = new Properties();
    private @Nullable Connection session;

    DatabaseLock(String url, String user, String password) {
        this.url = url;
        if (!user.isEmpty()) {
            login.setProperty("user", user);
        }
        if (!password.isEmpty()) {
            login.setProperty("password", password);
        }
        login.setProperty("tcpKeepAlive", "true");
        login.setProperty("ApplicationName", "milepost lock");
    }

    /**
     * Returns with the lock held: it may have got lost with its session.
     *
     * @throws IllegalStateException where another server has it
     * @throws StoreException where the database does not answer
     */
    void require() {
        try {
            if (session == null || !session.isValid(ANSWER_SECONDS)) {
                close();
                session = lockedSession();
            }
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw new IllegalStateException(
                        "the database is in use by another server: stop that one, or set MILEPOST_DB_URL to another"
                                + " database",
                        e);
            }
            throw new StoreException("cannot lock the database: " + e.getMessage(), e);
        }
    }

    private Connection lockedSession() throws SQLException {
        Connection fresh = DriverManager.getConnection(url, login);
        try (Statement patience = fresh.createStatement();
                PreparedStatement lock = fresh.prepareStatement(
                        "SELECT pg_advisory_lock(?, oid::int4) FROM pg_namespace WHERE nspname = current_schema()")) {
            patience.execute("SET lock_timeout = '" + PATIENCE + "'");
            lock.setInt(1, LOCK);
            lock.execute();
            return fresh;
        } catch (SQLException e) {
            fresh.close();
            throw e;
        }
    }

    @Override
    public void close() {
        Connection held = session;
        session = null;
        if (held != null) {
            try {
                held.close();
            } catch (SQLException e) {
                LOG.debug("the session of the lock was gone already: {}", e.getMessage());
            }
        }
    }
}
