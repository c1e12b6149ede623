package io.milepost.analytics.checkpoint;

import io.milepost.analytics.ingest.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

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
        server.bean(CheckpointFile.class).write(false);
    }

    public static Path file(Path dataFolder) {
        return dataFolder.resolve("checkpoint");
    }

    /** Events of the file the server began with, and those of them whose cells were in it. */
    public static long[] begunWith(Server server) {
        CheckpointFile file = server.bean(CheckpointFile.class);
        return new long[] {file.events(), file.foldedEvents()};
    }
}
