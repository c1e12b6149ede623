package io.milepost.simulator.engine;

import io.milepost.spi.AdapterContext;
import io.milepost.spi.Capability;
import io.milepost.spi.Diagnostics;
import io.milepost.spi.JourneyEngineAdapter;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;
import io.milepost.spi.ReplaySource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The simulator as an engine on the SPI, like any other: it commits transactions, and whoever is attached is told. One
 * listener at a time; {@link #run} is for one thread.
 */
public final class SimulatedEngine implements JourneyEngineAdapter {

    private final Course world;
    private final AtomicLong captured = new AtomicLong();
    private volatile @Nullable JourneyEventSink listener;

    public SimulatedEngine(Course world) {
        this.world = world;
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(
                Capability.DEFINITIONS,
                Capability.BPMN,
                Capability.ROLLBACK,
                Capability.DELETION,
                Capability.EDGES,
                Capability.OUTCOMES,
                Capability.PARALLEL,
                Capability.TIMERS,
                Capability.MIGRATION,
                Capability.WITHOUT_HISTORY,
                Capability.MESSAGES,
                Capability.REPLAY);
    }

    /** @param context its source must be the {@link Course#source()}, for the ids of the events are made of it */
    @Override
    public Attachment attach(AdapterContext context) {
        if (!context.source().equals(world.source())) {
            throw new IllegalArgumentException(
                    "the source should be " + world.source().uri() + ", which this world's ids are made for");
        }
        JourneyEventSink sink = context.sink();
        listener = sink;
        return new Attachment() {
            @Override
            public Diagnostics diagnostics() {
                return new Diagnostics(Map.of("captured", captured.get()), null);
            }

            @Override
            public Optional<ReplaySource> replaySource() {
                return Optional.of(new Memory(world));
            }

            @Override
            public void close() {
                if (listener == sink) {
                    listener = null;
                }
            }
        };
    }

    /** Lives through all of it as fast as the listener takes it. */
    public void run() {
        world.run(transaction -> {
            JourneyEventSink told = listener;
            if (told != null) {
                captured.addAndGet(transaction.size());
                told.emit(new JourneyEventBatch(transaction));
            }
        });
    }
}
