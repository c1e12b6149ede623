package io.milepost.analytics.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milepost.analytics.ingest.Server;
import io.milepost.analytics.ingest.Server.Answer;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupIT {

    private static final int BATCH = 50;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void holdsAllThatWasAcknowledgedBeforeIt() throws IOException {
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        int before;
        Path backup;
        try (Server server = start("data")) {
            post(server, 0);
            acknowledged.incrementAndGet();
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
                while (!stop.get()) {
                    assertCounts(post(server, acknowledged.get()), BATCH, 0);
                    acknowledged.incrementAndGet();
                }
            });
            awaitBatches(acknowledged, 20);
            before = acknowledged.get();
            Answer answer = server.post("/backup");
            assertThat(answer.status()).as("%s", answer.json()).isEqualTo(201);
            backup = Path.of(answer.text("/file"));
            stop.set(true);
            load.join();
        }

        BackupFolder.restore(backup, folder.resolve("restored"));

        try (Server restored = start("restored")) {
            for (int batch = 0; batch < before; batch++) {
                assertCounts(post(restored, batch), 0, BATCH);
            }
            long events = restored.journal().freshness().acceptedEvents();
            assertThat(events).isGreaterThanOrEqualTo((long) before * BATCH);
            // Each event is an entry of its own, of one user in ten.
            Answer summary = restored.get("/v1/journeys/j/summary");
            assertThat(summary.number("entries")).isEqualTo((int) events);
            assertThat(summary.number("entryUsers")).isEqualTo(10);
        }
    }

    @Test
    void isNotRestoredOverADatabase() throws IOException {
        Path backup;
        try (Server server = start("data")) {
            backup = Path.of(server.post("/backup").text("/file"));
        }
        assertThatThrownBy(() -> BackupFolder.restore(backup, folder.resolve("data")))
                .isInstanceOf(FileAlreadyExistsException.class);
        Path other = Files.writeString(folder.resolve("other.zip"), "no zip");
        assertThatThrownBy(() -> BackupFolder.restore(other, folder.resolve("new")))
                .isInstanceOf(IOException.class);
        assertThat(folder.resolve("new/milepost.mv.db")).doesNotExist();
    }

    @Test
    void isNotTakenForAWebPage() {
        try (Server server = start("data")) {
            Answer answer = server.post("/backup", new byte[0], "Origin", "https://example.com");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(folder.resolve("data/backups")).doesNotExist();
        }
    }

    private Server start(String data) {
        return Server.start(Map.of("milepost.data-dir", folder.resolve(data).toString()));
    }

    private static void awaitBatches(AtomicInteger acknowledged, int wanted) {
        while (acknowledged.get() < wanted) {
            Thread.onSpinWait();
        }
    }

    private static Answer post(Server server, int batch) {
        return server.post(
                Server.LINES,
                IntStream.range(batch * BATCH, (batch + 1) * BATCH)
                        .mapToObj(BackupIT::entered)
                        .collect(Collectors.joining("\n")));
    }

    private static String entered(int number) {
        return ("{\"specversion\": \"1.0\", \"id\": \"e-%d\", \"source\": \"/engines/test\","
                        + " \"type\": \"journey.entered\", \"time\": \"2026-03-01T12:00:00Z\", \"data\": {\"journeyId\": \"j\","
                        + " \"version\": 1, \"entryId\": \"entry-%d\", \"userId\": \"u-%d\"}}")
                .formatted(number, number, number % 10);
    }

    private static void assertCounts(Answer answer, int accepted, int duplicates) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        assertThat(answer.number("accepted")).isEqualTo(accepted);
        assertThat(answer.number("duplicates")).isEqualTo(duplicates);
    }
}
