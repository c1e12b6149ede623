package io.milepost.analytics.checkpoint;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.journal.Identities;
import io.milepost.analytics.journal.JournalProgress;
import io.milepost.analytics.store.Account;
import io.milepost.analytics.store.JournalStore;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.zip.CRC32C;

@Factory
final class CheckpointFactory {

    @Singleton
    CheckpointFile file(
            JournalStore store,
            CellProjection projection,
            @Property(name = "milepost.data-dir", defaultValue = "./milepost-data") String folder,
            @Property(name = "milepost.db-url", defaultValue = "") String url,
            @Property(name = "milepost.checkpoint.min-events", defaultValue = "100000") long fewest) {
        Path path = Path.of(folder).resolve(url.isBlank() ? "checkpoint" : "checkpoint-" + shortened(url));
        return new CheckpointFile(path, Account.DEFAULT, store, projection, fewest);
    }

    @Singleton
    @Bean(preDestroy = "close")
    CheckpointWriter writer(
            CheckpointFile file,
            JournalProgress progress,
            Identities identities,
            Clock clock,
            @Property(name = "milepost.checkpoint.min-events", defaultValue = "100000") long fewest) {
        return new CheckpointWriter(file, progress, identities, clock, fewest);
    }

    /** Servers of several databases may share a folder. */
    private static String shortened(String url) {
        CRC32C crc = new CRC32C();
        crc.update(url.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
