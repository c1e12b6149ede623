package io.milepost.analytics.row;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class FactRowsOnPostgresIT extends FactRowContract {

    private static EmbeddedPostgres postgres;
    private static int databases;

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @Override
    Map<String, Object> emptyDatabase() throws SQLException {
        String name = "rows" + databases++;
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return Map.of("milepost.db-url", postgres.getJdbcUrl("postgres", name), "milepost.db-user", "postgres");
    }

    @Override
    long comments() {
        return number("SELECT COUNT(*) FROM pg_description d JOIN pg_class c ON c.oid = d.objoid"
                + " WHERE c.relkind = 'r' AND c.relname LIKE 'fact!_%' ESCAPE '!' AND d.objsubid > 0");
    }
}
