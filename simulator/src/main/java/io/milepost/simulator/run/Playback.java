package io.milepost.simulator.run;

import io.milepost.simulator.engine.Course;
import io.milepost.simulator.engine.Seeds;
import io.milepost.simulator.engine.SimulatedEngine;
import io.milepost.simulator.fault.FaultySink;
import io.milepost.spi.AdapterContext;
import io.milepost.spi.Diagnostics;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;
import io.milepost.transport.Transport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Plays a world, or a log, to analytics: the engine, the faults, and the real transport with its spool. */
public final class Playback {

    private static final long FAULTS_OF_THE_WAY = -1;
    private static final int CONNECTIONS = 4;
    private static final int BATCH = 2_000;

    private final Course course;
    private final URI analytics;
    private final Path spool;
    private final LongSupplier nanoTime;

    /**
     * @param spool folder of the transport's own
     * @param nanoTime for measuring how fast it was
     */
    public Playback(Course course, URI analytics, Path spool, LongSupplier nanoTime) {
        this.course = course;
        this.analytics = analytics;
        this.spool = spool;
        this.nanoTime = nanoTime;
    }

    /**
     * Blocks until analytics has answered for everything, or that time is over.
     *
     * @param progress is told, now and then, how many events were emitted so far
     */
    public Played play(Duration patience, LongConsumer progress) {
        long begun = nanoTime.getAsLong();
        try (Transport transport = Transport.to(analytics)
                .spool(spool)
                .connections(CONNECTIONS)
                .batchEvents(BATCH)
                .gzip(false)
                .linger(Duration.ofMillis(20))
                .build()) {
            Way way = new Way(transport, progress);
            FaultySink faulty = new FaultySink(way, course.faults(), Seeds.mix(course.seed(), FAULTS_OF_THE_WAY));
            SimulatedEngine engine = new SimulatedEngine(course);
            Diagnostics captured;
            try (var attachment =
                    engine.attach(AdapterContext.of(course.source(), faulty).build())) {
                engine.run(course);
                captured = attachment.diagnostics();
            }
            faulty.release();
            Duration generation = Duration.ofNanos(nanoTime.getAsLong() - begun);
            boolean flushed = transport.flush(patience);
            Duration delivery = Duration.ofNanos(nanoTime.getAsLong() - begun);
            return new Played(
                    captured.count("captured"),
                    faulty.diagnostics(),
                    transport.delivery(),
                    flushed,
                    generation,
                    delivery);
        }
    }

    /** The transport, entered by the door at which one waits instead of dropping. */
    private static final class Way implements JourneyEventSink {
        private static final long EVERY = 10_000;

        private final Transport transport;
        private final LongConsumer progress;
        private final AtomicLong emitted = new AtomicLong();

        Way(Transport transport, LongConsumer progress) {
            this.transport = transport;
            this.progress = progress;
        }

        @Override
        public void emit(JourneyEventBatch batch) {
            try {
                transport.emitBlocking(batch);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while playing", e);
            }
            long before = emitted.getAndAdd(batch.size());
            if ((before + batch.size()) / EVERY != before / EVERY) {
                progress.accept(before + batch.size());
            }
        }
    }
}
