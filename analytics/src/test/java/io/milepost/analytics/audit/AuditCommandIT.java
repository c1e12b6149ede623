package io.milepost.analytics.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.checkpoint.Checkpoints;
import io.milepost.analytics.ingest.Server;
import io.milepost.analytics.reference.AwkwardStreams;
import io.milepost.analytics.store.jdbc.Connections;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command itself, as a process. */
final class AuditCommandIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private record Ended(int code, String told) {}

    @Test
    void computesAllTwiceAndNamesADamagedBlock() throws Exception {
        try (Server server = Server.start(settings())) {
            for (long seed = 1; seed <= 4; seed++) {
                server.post(
                        Server.LINES,
                        String.join(
                                "\n",
                                AwkwardStreams.of(1)
                                        .withPeople(seed, "p" + seed)
                                        .events()));
            }

            Ended beside = audit();
            assertThat(beside.code()).as(beside.told()).isEqualTo(3);
            assertThat(beside.told()).contains("is in use by another server");
        }

        Ended well = audit();
        assertThat(well.code()).as(well.told()).isZero();
        assertThat(well.told())
                .contains("blocks, all readable", "Checkpoint: holds the first", "all the same", "they hold");

        try (Server server = Server.start(settings())) {
            server.bean(Connections.class).run(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("UPDATE event_block SET checksum = checksum + 1 WHERE sequence = 3");
                }
            });
        }
        Ended damaged = audit();
        assertThat(damaged.code()).as(damaged.told()).isEqualTo(3);
        assertThat(damaged.told()).contains("journal block 3 of account 1 is damaged");
    }

    private Map<String, Object> settings() {
        return Checkpoints.always(
                Map.of("milepost.data-dir", folder.toString(), "milepost.ingest.max-ahead", "PT876000H"));
    }

    private Ended audit() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dmilepost.data-dir=" + folder,
                        "-jar",
                        Path.of("target", "analytics.jar").toString(),
                        "audit")
                .redirectErrorStream(true)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), told);
    }
}
