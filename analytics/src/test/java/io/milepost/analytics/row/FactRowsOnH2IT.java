package io.milepost.analytics.row;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

final class FactRowsOnH2IT extends FactRowContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Override
    Map<String, Object> emptyDatabase() {
        return Map.of("milepost.data-dir", folder.resolve("data").toString());
    }

    @Override
    long comments() {
        return number("SELECT COUNT(*) FROM information_schema.columns WHERE table_name LIKE 'fact!_%' ESCAPE '!'"
                + " AND remarks <> ''");
    }
}
