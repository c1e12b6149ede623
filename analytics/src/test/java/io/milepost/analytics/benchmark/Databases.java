package io.milepost.analytics.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;

/** Where ours and peers keep what they are given. */
final class Databases {

    private Databases() {}

    /** One of a peer's; its connections are the caller's to close. */
    interface Database {
        Connection connect() throws SQLException;
    }

    static EmbeddedPostgres postgres() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("shared_buffers", "1GB")
                .setServerConfig("work_mem", "256MB")
                .setServerConfig("maintenance_work_mem", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                .start();
    }

    static Database of(EmbeddedPostgres postgres) {
        return postgres.getPostgresDatabase()::getConnection;
    }

    static Database duckDb(Path folder) {
        String url = "jdbc:duckdb:" + folder.resolve("peer.duckdb");
        return () -> DriverManager.getConnection(url);
    }

    static Database h2(Path folder) {
        String url = "jdbc:h2:" + folder.resolve("peer")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CACHE_SIZE=524288;DB_CLOSE_DELAY=-1;LAZY_QUERY_EXECUTION=FALSE;"
                + "OPTIMIZE_REUSE_RESULTS=0";
        return () -> DriverManager.getConnection(url, "sa", "");
    }

    /** For analytics on that PostgreSQL. */
    static Map<String, String> settings(EmbeddedPostgres postgres) {
        return Map.of(
                "MILEPOST_DB_URL",
                postgres.getJdbcUrl("postgres", "postgres"),
                "MILEPOST_DB_USER",
                "postgres",
                "MILEPOST_DB_PASSWORD",
                "postgres");
    }

    /** A new one below it. */
    static Path folder(Path parent, String name) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(parent), name);
    }

    static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
