package io.milepost.analytics.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.ingest.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service is killed again and again while it starts and reads its journal. */
final class KilledStartIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void keepsAllWhereverAStartWasCutShort() throws Exception {
        Map<String, Object> settings =
                Map.of("milepost.data-dir", folder.toString(), "milepost.ingest.max-ahead", "PT876000H");
        Ledger ledger = new Ledger();
        Random random = new Random(5);
        try (Server server = Server.start(settings)) {
            for (int people = 1; people <= 12; people++) {
                assertThat(ledger.send(server, Ledger.events(people))).isTrue();
            }
        }
        for (int round = 0; round < Soak.rounds(3, 25); round++) {
            try (ServerProcess starting = ServerProcess.begin(folder)) {
                LockSupport.parkNanos(
                        Duration.ofMillis(400 + random.nextInt(2_600)).toNanos());
                starting.kill();
            }
        }
        try (Server server = Server.start(settings)) {
            ledger.assertKept(server);
            assertThat(ledger.send(server, List.copyOf(Ledger.events(13)))).isTrue();
        }
    }
}
