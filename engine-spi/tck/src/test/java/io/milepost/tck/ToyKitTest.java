package io.milepost.tck;

import io.milepost.spi.Capability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kit on an engine that keeps all its rules; {@link BrokenEnginesTest} breaks them one by one. */
class ToyKitTest extends JourneyEngineKit {
    static volatile @Nullable Fault fault;

    @Override
    protected KitEngine start(KitSetup setup) {
        return new ToyEngine(setup, fault);
    }

    @Override
    protected Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.TRANSACTIONAL_OUTBOX));
    }

    @Override
    protected Duration patience() {
        return Duration.ofSeconds(2);
    }

    @Override
    protected Optional<Path> report() {
        return Optional.empty();
    }
}
