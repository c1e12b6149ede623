package io.milepost.operaton;

import io.milepost.engines.HaltContract;
import io.milepost.engines.HaltedEngine;
import io.milepost.engines.HaltingSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class HaltIT extends HaltContract {
    HaltIT(@TempDir Path folder) {
        super(folder);
    }

    @Override
    protected Class<?> halting() {
        return HaltingEngine.class;
    }

    @Override
    protected HaltedEngine restart(HaltingSettings settings) {
        return HaltingEngine.of(settings, false);
    }
}
