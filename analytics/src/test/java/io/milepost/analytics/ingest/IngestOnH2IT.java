package io.milepost.analytics.ingest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IngestOnH2IT extends IngestContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Override
    Map<String, Object> emptyDatabase() {
        return Map.of("milepost.data-dir", folder.resolve("data").toString());
    }

    @Test
    void twoServersCannotShareAFolder() {
        assertThatThrownBy(() -> Server.startAnyway(emptyDatabase()))
                .hasStackTraceContaining("is in use by another server");
    }
}
