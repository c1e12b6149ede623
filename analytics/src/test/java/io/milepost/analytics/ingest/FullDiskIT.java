package io.milepost.analytics.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.fault.FaultyDisk;
import io.milepost.analytics.ingest.Server.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FullDiskIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @AfterEach
    void makeRoom() {
        FaultyDisk.full(false);
    }

    @Test
    void takesNothingWhileTheDiskIsFullAndGoesOnOnceThereIsRoom() {
        FilePath.register(new FaultyDisk());
        Map<String, Object> settings = Map.of("milepost.db-url", "jdbc:h2:faulty:" + folder.resolve("journal"));
        try (Server server = Server.start(settings)) {
            assertThat(post(server, "a").number("accepted")).isEqualTo(1);

            FaultyDisk.full(true);
            for (String id : new String[] {"b", "c", "b"}) {
                Answer refused = post(server, id);
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.contentType()).isEqualTo("application/problem+json");
                assertThat(refused.retryAfter()).isNotEmpty();
            }
            assertThat(server.get("/health").status()).isEqualTo(503);

            FaultyDisk.full(false);
            Answer answer = postUntilTaken(server, "b");
            assertThat(answer.number("accepted") + answer.number("duplicates")).isEqualTo(1);
            assertThat(post(server, "a").number("duplicates")).isEqualTo(1);
        }
        try (Server server = Server.start(settings)) {
            assertThat(server.journal().freshness().acceptedEvents()).isEqualTo(2);
            assertThat(post(server, "b").number("duplicates")).isEqualTo(1);
        }
    }

    private static Answer postUntilTaken(Server server, String id) {
        Answer answer = post(server, id);
        for (int tries = 0; answer.status() == 503 && tries < 600; tries++) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            answer = post(server, id);
        }
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        return answer;
    }

    private static Answer post(Server server, String id) {
        return server.post(
                Server.ONE,
                ("{\"specversion\": \"1.0\", \"id\": \"%s\", \"source\": \"/engines/test\", \"type\": \"user.acted\","
                                + " \"time\": \"2026-03-01T12:00:00Z\", \"data\": {\"userId\": \"u-1\", \"name\": \"x\"}}")
                        .formatted(id));
    }
}
