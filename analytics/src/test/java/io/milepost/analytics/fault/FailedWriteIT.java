package io.milepost.analytics.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.ingest.Server;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first, second, third … write, commit or sync fails while events come in. */
final class FailedWriteIT {

    private static final int BATCH = 25;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int PATIENCE = 1_200;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Ledger ledger = new Ledger();
    private final Random random = new Random(11);
    private final List<String> waiting = new ArrayList<>();
    private long people;

    @Test
    void whicheverWriteToH2Fails() {
        Map<String, Object> settings = settings(Map.of("milepost.data-dir", folder.toString(), "struck", true));
        whicheverFails(settings, Soak.rounds(4, 40), n -> Strike.at(n, n % 2 == 0), Strike::hasStruck);
    }

    @Test
    void whicheverWriteToPostgresFails() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            Map<String, Object> settings = settings(Map.of(
                    "milepost.db-url",
                    postgres.getJdbcUrl("postgres", "postgres"),
                    "milepost.db-user",
                    "postgres",
                    "struck",
                    true));
            whicheverFails(settings, Soak.rounds(4, 40), n -> Strike.at(n, n % 2 == 1), Strike::hasStruck);
        }
    }

    @Test
    void whicheverWriteOfTheDiskFails() {
        FilePath.register(new FaultyDisk());
        Map<String, Object> settings = settings(Map.of("milepost.db-url", "jdbc:h2:faulty:" + folder.resolve("a")));
        whicheverFails(settings, Soak.rounds(3, 30), FaultyDisk::failWrite, FaultyDisk::hasFailed);
    }

    @Test
    void whicheverSyncOfTheDiskFails() {
        FilePath.register(new FaultyDisk());
        Map<String, Object> settings = settings(Map.of("milepost.db-url", "jdbc:h2:faulty:" + folder.resolve("b")));
        whicheverFails(settings, Soak.rounds(3, 30), FaultyDisk::failSync, FaultyDisk::hasFailed);
    }

    private static Map<String, Object> settings(Map<String, Object> database) {
        Map<String, Object> settings = new HashMap<>(database);
        settings.put("milepost.ingest.max-ahead", "PT876000H");
        // Only the journal writes, so that the n-th write is one of a commit of events.
        settings.put("milepost.fact-rows.enabled", false);
        return settings;
    }

    private void whicheverFails(Map<String, Object> settings, int most, IntConsumer fault, BooleanSupplier failed) {
        try (Server server = Server.start(settings)) {
            for (int n = 1; n <= most; n++) {
                fault.accept(n);
                int refused = sendUntil(server, failed);
                assertThat(refused).as("refused after write %s failed", n).isPositive();
            }
        }
        try (Server server = Server.start(settings)) {
            ledger.assertKept(server);
            assertThat(ledger.send(server, next())).isTrue();
        }
    }

    /** Sends until it failed and events are taken again; of the refused batches every other one is sent again. */
    private int sendUntil(Server server, BooleanSupplier failed) {
        int refused = 0;
        boolean taken = false;
        for (int tries = 0; !(failed.getAsBoolean() && refused > 0 && taken) && tries < PATIENCE; tries++) {
            List<String> batch = next();
            taken = ledger.send(server, batch);
            if (!taken) {
                refused++;
                if (random.nextBoolean()) {
                    waiting.addAll(0, batch);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        assertThat(taken).isTrue();
        return refused;
    }

    private List<String> next() {
        while (waiting.size() < BATCH) {
            waiting.addAll(Ledger.events(++people));
        }
        List<String> batch = List.copyOf(waiting.subList(0, BATCH));
        waiting.subList(0, BATCH).clear();
        return batch;
    }
}
