package io.milepost.analytics.store.jdbc;

import io.micronaut.context.annotation.Property;
import io.milepost.analytics.store.Backup;
import io.milepost.analytics.store.StoreException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Backups of the embedded database: a zip each, in the folder {@code backups} of the data folder. */
@Singleton
public final class BackupFolder implements Backup {

    private static final String DATABASE = "milepost.mv.db";

    private final Connections connections;
    private final Path folder;
    private final Clock clock;

    BackupFolder(
            Connections connections,
            @Property(name = "milepost.data-dir", defaultValue = "./milepost-data") String dataFolder,
            Clock clock) {
        this.connections = connections;
        this.folder = Path.of(dataFolder).toAbsolutePath().normalize().resolve("backups");
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Path> take() {
        String name = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString().replace(':', '-');
        Path unfinished = folder.resolve(name + ".part");
        try {
            Files.createDirectories(folder);
            if (!connections.run(connection -> Database.of(connection).backUp(connection, unfinished))) {
                return Optional.empty();
            }
            return Optional.of(finish(unfinished, folder.resolve(name + ".zip")));
        } catch (IOException e) {
            throw new StoreException("the backup cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Unpacks a backup into a data folder that has no database yet.
     *
     * @throws FileAlreadyExistsException where it has one
     */
    public static void restore(Path backup, Path dataFolder) throws IOException {
        Path database = Files.createDirectories(dataFolder).resolve(DATABASE);
        if (Files.exists(database)) {
            throw new FileAlreadyExistsException(database.toString(), null, "there is a database already");
        }
        try (ZipFile zip = new ZipFile(backup.toFile())) {
            ZipEntry entry = zip.getEntry(DATABASE);
            if (entry == null) {
                throw new IOException(backup + " is no backup: it has no " + DATABASE);
            }
            Path unfinished = dataFolder.resolve(DATABASE + ".part");
            try (InputStream in = zip.getInputStream(entry)) {
                Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
            }
            finish(unfinished, database);
        }
    }

    private static Path finish(Path unfinished, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
