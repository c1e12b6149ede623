package io.milepost.simulator.engine;

import io.milepost.spi.AdapterContext;
import io.milepost.spi.Capability;
import io.milepost.spi.Diagnostics;
import io.milepost.spi.EventSource;
import io.milepost.spi.Handover;
import io.milepost.spi.JourneyEngineAdapter;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.ReplaySource;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The simulator as an engine on the SPI, like any other: it commits transactions, and whoever is attached is told on a
 * thread of its own. One listener at a time; {@link #commit} and {@link #run} are for one thread.
 */
public final class SimulatedEngine implements JourneyEngineAdapter {

    private static final int CAPACITY = 1 << 14;
    private static final Duration PATIENCE = Duration.ofHours(2);

    private final EventSource source;
    private final ReplaySource memory;
    private volatile @Nullable Listening listening;

    /**
     * @param source the events' own
     * @param memory tells again what was committed
     */
    SimulatedEngine(EventSource source, ReplaySource memory) {
        this.source = source;
        this.memory = memory;
    }

    /** The engine that {@link #run runs} that course. */
    public SimulatedEngine(Course course) {
        this(course.source(), new Memory(course));
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(
                EnumSet.of(Capability.OUTER_TRANSACTIONS, Capability.TENANTS, Capability.TRANSACTIONAL_OUTBOX));
    }

    /** @param context its source must be the one the ids of the events are made of */
    @Override
    public Attachment attach(AdapterContext context) {
        if (!context.source().equals(source)) {
            throw new IllegalArgumentException(
                    "the source should be " + source.uri() + ", which this world's ids are made for");
        }
        Listening attached = new Listening(context);
        listening = attached;
        return attached;
    }

    /** Hands the events of a committed transaction to who is attached; does not wait. */
    void commit(List<JourneyEvent> transaction) {
        Listening attached = listening;
        if (attached != null && !transaction.isEmpty()) {
            attached.take(transaction);
        }
    }

    /**
     * Lives through all of the course. In virtual time an engine can wait: as fast as the listener takes it.
     *
     * @throws IllegalStateException if the listener failed
     */
    public void run(Course course) {
        course.run(transaction -> {
            Listening attached = listening;
            if (attached != null) {
                attached.takeOnceThereIsRoom(transaction);
            }
        });
        Listening attached = listening;
        if (attached != null) {
            attached.finish();
        }
    }

    private final class Listening implements Attachment {
        private final Handover handover;
        private final AtomicLong captured = new AtomicLong();
        private int sinceFlush;

        Listening(AdapterContext context) {
            handover = new Handover(context.sink(), CAPACITY, context.clock());
        }

        private void take(List<JourneyEvent> transaction) {
            captured.addAndGet(transaction.size());
            handover.emit(new JourneyEventBatch(transaction));
        }

        private void takeOnceThereIsRoom(List<JourneyEvent> transaction) {
            if (++sinceFlush == CAPACITY / 2) {
                sinceFlush = 0;
                if (!handover.flush(PATIENCE)) {
                    throw new IllegalStateException("the listener takes nothing any more");
                }
            }
            take(transaction);
        }

        private void finish() {
            if (!handover.flush(PATIENCE)) {
                throw new IllegalStateException("the listener takes nothing any more");
            }
            Diagnostics told = handover.diagnostics();
            Diagnostics.Failure failure = told.lastFailure();
            if (told.count(Diagnostics.FAILED_BATCHES) > 0 || failure != null) {
                throw new IllegalStateException(
                        "the events could not be given on: "
                                + (failure == null ? told : failure.cause().getMessage()),
                        failure == null ? null : failure.cause());
            }
        }

        @Override
        public boolean flush(Duration deadline) {
            return handover.flush(deadline);
        }

        @Override
        public Diagnostics diagnostics() {
            return handover.diagnostics().plus(new Diagnostics(Map.of("captured", captured.get()), null));
        }

        @Override
        public Optional<ReplaySource> replaySource() {
            return Optional.of(memory);
        }

        @Override
        public void close() {
            if (listening == this) {
                listening = null;
            }
            handover.close();
        }
    }
}
