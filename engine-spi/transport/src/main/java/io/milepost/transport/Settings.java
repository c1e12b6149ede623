package io.milepost.transport;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What {@link Transport.Builder} was told. */
record Settings(
        URI endpoint,
        Path spool,
        long spoolBytes,
        int queueEvents,
        int batchEvents,
        int batchBytes,
        Duration linger,
        int connections,
        WireFormat format,
        boolean gzip,
        Map<String, String> headers,
        Duration requestTimeout,
        Duration firstBackoff,
        Duration longestBackoff,
        Duration warnEvery,
        InstantSource clock,
        RandomGenerator random) {

    /** At most half a body, so that two together fill one well. */
    FrameBuilder newFrame() {
        return new FrameBuilder(Math.max(1, batchEvents / 2), Math.max(1, batchBytes / 2));
    }
}
