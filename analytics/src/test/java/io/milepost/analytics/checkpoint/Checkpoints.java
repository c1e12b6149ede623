package io.milepost.analytics.checkpoint;

import io.milepost.analytics.ingest.Server;
import io.milepost.analytics.journal.Identities;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** A server's checkpoints at a test's own moments. */
public final class Checkpoints {

    private Checkpoints() {}

    /** Settings under which the service writes one whenever it stops. */
    public static Map<String, Object> always(Map<String, Object> settings) {
        return with(settings, 1);
    }

    /** Settings under which it writes none by itself. */
    public static Map<String, Object> never(Map<String, Object> settings) {
        return with(settings, Long.MAX_VALUE);
    }

    private static Map<String, Object> with(Map<String, Object> settings, long events) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("milepost.checkpoint.min-events", events);
        return all;
    }

    /** Writes one as it is written while events come: without cells. */
    public static void write(Server server) throws IOException {
        write(server, () -> {});
    }

    /** Lets a server believe that nothing came for as long as that, and returns when it has written one with cells. */
    public static void quiet(Server server, Duration passing) {
        CheckpointFile file = server.bean(CheckpointFile.class);
        AtomicReference<Instant> time = new AtomicReference<>(Instant.EPOCH);
        InstantSource clock = time::get;
        try (CheckpointWriter writer =
                new CheckpointWriter(file, server.journal(), server.journal(), clock.withZone(ZoneOffset.UTC), 1)) {
            writer.start();
            while (file.foldedEvents() == 0) {
                time.updateAndGet(now -> now.plus(passing));
                LockSupport.parkNanos(passing.toMillis());
            }
        }
    }

    /** As {@link #write(Server)}, with something that happens once it is clear which block the histories are of. */
    public static void write(Server server, Runnable meanwhile) throws IOException {
        Identities identities = server.bean(Identities.class);
        server.bean(CheckpointFile.class)
                .write(
                        new Identities() {
                            @Override
                            public int parts() {
                                meanwhile.run();
                                return identities.parts();
                            }

                            @Override
                            public byte[] part(int number) {
                                return identities.part(number);
                            }

                            @Override
                            public long newestBlock() {
                                return identities.newestBlock();
                            }
                        },
                        false);
    }

    public static Path file(Path dataFolder) {
        return dataFolder.resolve("checkpoint");
    }

    /** Where the next one is written. */
    public static Path unfinished(Path dataFolder) {
        return dataFolder.resolve("checkpoint.new");
    }

    /** Events of the file the server began with, and those of them whose cells were in it. */
    public static long[] begunWith(Server server) {
        CheckpointFile file = server.bean(CheckpointFile.class);
        return new long[] {file.events(), file.foldedEvents()};
    }
}
