package io.milepost.analytics.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.milepost.analytics.store.StoreException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs work on pooled connections. Any thread. */
@Singleton
public final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final DataSource pool;
    private final Database database;
    private final DataFolder folder;
    private volatile boolean compact;

    Connections(DataSource dataSource, DataFolder folder) {
        this.folder = folder;
        this.pool = DelegatingDataSource.unwrapDataSource(dataSource);
        try (Connection connection = pool.getConnection()) {
            this.database = Database.of(connection);
        } catch (SQLException e) {
            throw new StoreException("cannot connect to the database", e);
        }
    }

    /** Something to do with a connection. */
    public interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Runs a query, or one statement that commits itself. */
    public <T> T run(Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw new StoreException("database: " + e.getMessage(), e);
        }
    }

    /** Runs it in one transaction, of which a power cut leaves all or nothing. */
    public <T> T runInTransaction(Work<T> work) {
        return run(connection -> inTransaction(connection, inside -> {
            database.hurry(inside);
            return work.with(inside);
        }));
    }

    /** Runs it in one transaction, and returns when that survives a power cut. */
    public <T> T runDurably(Work<T> work) {
        return run(connection -> {
            T result = inTransaction(connection, work);
            database.makeDurable(connection);
            return result;
        });
    }

    /** The pool itself takes back the setting of a connection that failed. */
    private static <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = work.with(connection);
            connection.commit();
            connection.setAutoCommit(true);
            return result;
        } catch (SQLException e) {
            rollback(connection, e);
            throw e;
        }
    }

    private static void rollback(Connection connection, SQLException cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Gives back, when the service stops, the room of what was erased until then. */
    void compactAtClose() {
        compact = true;
    }

    @PreDestroy
    void compact() {
        if (compact) {
            try (Connection connection = pool.getConnection()) {
                database.compact(connection);
            } catch (SQLException e) {
                if (e.getErrorCode() == ErrorCode.DATABASE_CALLED_AT_SHUTDOWN) {
                    return; // and so is the connection
                }
                LOG.warn("the database could not be compacted: {}", e.getMessage());
            }
        }
    }

    /**
     * Leaves every connection behind, with what the database has not written yet.
     *
     * @throws IllegalStateException where another server has come to use the database
     */
    void abandon() {
        try (Connection connection = pool.getConnection()) {
            database.abandon(connection);
        } catch (SQLException alreadyBroken) {
            // what is broken needs no closing
        }
        if (pool instanceof HikariDataSource hikari) {
            hikari.getHikariPoolMXBean().softEvictConnections();
        }
        folder.requireLock();
    }
}
