package io.milepost.analytics.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.milepost.analytics.store.AccountStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class DatabaseLockIT {

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @Test
    void aDatabaseHasOneServerAtATime() {
        Map<String, Object> place = database("");
        try (ApplicationContext first = ApplicationContext.run(place)) {
            first.getBean(AccountStore.class).account();

            assertThatThrownBy(() -> ApplicationContext.run(place).getBean(AccountStore.class))
                    .hasRootCauseInstanceOf(SQLException.class)
                    .hasStackTraceContaining("the database is in use by another server");
            assertThat(first.getBean(AccountStore.class).account().name()).isEqualTo("default");
        }
        try (ApplicationContext next = ApplicationContext.run(place)) {
            assertThat(next.getBean(AccountStore.class).account().name()).isEqualTo("default");
        }
    }

    @Test
    void anotherSchemaIsAnotherDatabase() throws SQLException {
        execute("CREATE SCHEMA other");
        try (ApplicationContext first = ApplicationContext.run(database(""));
                ApplicationContext second = ApplicationContext.run(database("&currentSchema=other"))) {
            assertThat(first.getBean(AccountStore.class).account())
                    .isEqualTo(second.getBean(AccountStore.class).account());
        }
    }

    @Test
    void theLockIsTakenAgainOnceItsSessionIsLost() throws SQLException {
        try (DatabaseLock lock = lock();
                DatabaseLock other = lock()) {
            lock.require();
            execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'milepost lock'");
            lock.require();
            assertThatThrownBy(other::require).isInstanceOf(IllegalStateException.class);

            execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'milepost lock'");
            other.require();
            assertThatThrownBy(lock::require).isInstanceOf(IllegalStateException.class);
            assertThat(locks()).isEqualTo(1);
        }
        assertThat(locks()).isZero();
    }

    private static DatabaseLock lock() {
        return new DatabaseLock(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "");
    }

    private static Map<String, Object> database(String more) {
        return Map.of(
                "milepost.db-url", postgres.getJdbcUrl("postgres", "postgres") + more, "milepost.db-user", "postgres");
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int locks() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")) {
            row.next();
            return row.getInt(1);
        }
    }
}
