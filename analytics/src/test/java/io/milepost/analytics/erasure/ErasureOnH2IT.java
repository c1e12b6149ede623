package io.milepost.analytics.erasure;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

final class ErasureOnH2IT extends ErasureContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Override
    Map<String, Object> emptyDatabase() {
        return Map.of("milepost.data-dir", folder.resolve("data").toString());
    }
}
