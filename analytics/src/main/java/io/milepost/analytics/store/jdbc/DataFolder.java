package io.milepost.analytics.store.jdbc;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Leads the connection pool to the configured database, or else to an embedded one in the data folder. Locks either, for
 * it has one server at a time.
 */
@Singleton
final class DataFolder implements BeanCreatedEventListener<DatasourceConfiguration> {

    private static final String H2_SETTINGS =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";

    private final String folder;
    private final String url;
    private final String user;
    private final String password;
    private @Nullable FileChannel lockFile;
    private @Nullable DatabaseLock databaseLock;

    DataFolder(
            @Property(name = "milepost.data-dir", defaultValue = "./milepost-data") String folder,
            @Property(name = "milepost.db-url", defaultValue = "") String url,
            @Property(name = "milepost.db-user", defaultValue = "") String user,
            @Property(name = "milepost.db-password", defaultValue = "") String password) {
        this.folder = folder;
        this.url = url;
        this.user = user;
        this.password = password;
    }

    @Override
    public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
        DatasourceConfiguration pool = event.getBean();
        if (url.isBlank()) {
            useFolder(pool);
        } else {
            useUrl(pool);
        }
        return pool;
    }

    private void useUrl(DatasourceConfiguration pool) {
        boolean postgres = url.startsWith("jdbc:postgresql:");
        pool.setUrl(postgres || url.contains("MODE=") ? url : url + H2_SETTINGS);
        pool.setDriverClassName(postgres ? "org.postgresql.Driver" : "org.h2.Driver");
        pool.setUsername(user);
        pool.setPassword(password);
        if (postgres) {
            databaseLock = new DatabaseLock(url, user, password);
            databaseLock.require();
            pool.setConnectionInitSql("SET synchronous_commit TO on");
        }
    }

    private void useFolder(DatasourceConfiguration pool) {
        Path path = Path.of(folder).toAbsolutePath().normalize();
        try {
            lock(Files.createDirectories(path));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the data folder " + path, e);
        }
        pool.setUrl("jdbc:h2:file:" + path.resolve("milepost") + H2_SETTINGS);
        pool.setDriverClassName("org.h2.Driver");
        pool.setUsername("sa");
        pool.setPassword("");
    }

    private void lock(Path path) throws IOException {
        FileChannel file = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(file) == null) {
            file.close();
            throw new IllegalStateException("the data folder " + path
                    + " is in use by another server: stop that one, or set MILEPOST_DATA_DIR to another folder");
        }
        lockFile = file;
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    /** See {@link DatabaseLock#require}; a file's lock is held as long as the process lives. */
    void requireLock() {
        if (databaseLock != null) {
            databaseLock.require();
        }
    }

    @PreDestroy
    void unlock() throws IOException {
        if (databaseLock != null) {
            databaseLock.close();
        }
        if (lockFile != null) {
            lockFile.close();
        }
    }
}
