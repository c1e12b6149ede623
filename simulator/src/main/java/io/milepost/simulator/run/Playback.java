package io.milepost.simulator.run;

import io.milepost.simulator.engine.Course;
import io.milepost.simulator.engine.Seeds;
import io.milepost.simulator.engine.SimulatedEngine;
import io.milepost.simulator.fault.FaultySink;
import io.milepost.simulator.fault.Pace;
import io.milepost.simulator.fault.Senders;
import io.milepost.simulator.fault.Wire;
import io.milepost.spi.AdapterContext;
import io.milepost.spi.Diagnostics;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;
import io.milepost.transport.Transport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
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
    private double speed;
    private Consumer<Duration> pause = time -> {};

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
     * Lets virtual time pass no faster than so many times real time.
     *
     * @param waiting waits that long
     */
    public Playback atSpeed(double times, Consumer<Duration> waiting) {
        speed = times;
        pause = waiting;
        return this;
    }

    /**
     * Blocks until analytics has answered for everything, or that time is over.
     *
     * @param progress is told, now and then, how many events were emitted so far
     */
    public Played play(Duration patience, LongConsumer progress) {
        long begun = nanoTime.getAsLong();
        List<Transport> transports = new ArrayList<>();
        try (Wire wire = new Wire(analytics)) {
            URI target = course.faults().cuts() > 0 ? wire.url() : analytics;
            for (int i = 1; i <= course.faults().senders(); i++) {
                transports.add(transport(target, i));
            }
            Senders senders =
                    new Senders(transports.stream().map(Playback::waiting).toList());
            Way way = new Way(
                    senders, progress.andThen(new Cutter(wire, course.faults().cuts())));
            FaultySink faulty =
                    new FaultySink(paced(way), course.faults(), Seeds.mix(course.seed(), FAULTS_OF_THE_WAY));
            Diagnostics captured = engine(faulty);
            faulty.release();
            Duration generation = Duration.ofNanos(nanoTime.getAsLong() - begun);
            boolean flushed = true;
            for (Transport transport : transports) {
                flushed &= transport.flush(patience);
            }
            Duration delivery = Duration.ofNanos(nanoTime.getAsLong() - begun);
            return new Played(
                    captured.count("captured"),
                    faulty.diagnostics(),
                    Deliveries.sum(transports.stream().map(Transport::delivery).toList()),
                    flushed,
                    generation,
                    delivery);
        } finally {
            transports.forEach(Transport::close);
        }
    }

    private Diagnostics engine(JourneyEventSink faulty) {
        SimulatedEngine engine = new SimulatedEngine(course);
        try (var attachment =
                engine.attach(AdapterContext.of(course.source(), faulty).build())) {
            engine.run(course);
            return attachment.diagnostics();
        }
    }

    private Transport transport(URI target, int number) {
        int batch = course.faults().batch();
        return Transport.to(target)
                .spool(spool.resolve("sender-" + number))
                .connections(CONNECTIONS)
                .batchEvents(batch > 0 ? batch : BATCH)
                .gzip(false)
                .linger(Duration.ofMillis(20))
                .build();
    }

    private JourneyEventSink paced(JourneyEventSink way) {
        return speed > 0 ? new Pace(way, speed, nanoTime, pause) : way;
    }

    /** Entered by the door at which one waits instead of dropping. */
    private static JourneyEventSink waiting(Transport transport) {
        return batch -> {
            try {
                transport.emitBlocking(batch);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while playing", e);
            }
        };
    }

    /** Cuts the line every so many events. */
    private static final class Cutter implements LongConsumer {
        private static final long EVERY = 1_500;
        private static final int REFUSED = 6;

        private final Wire wire;
        private int left;
        private long next = EVERY;

        Cutter(Wire wire, int cuts) {
            this.wire = wire;
            this.left = cuts;
        }

        @Override
        public void accept(long emitted) {
            if (left > 0 && emitted >= next) {
                left--;
                next = emitted + EVERY;
                wire.cut(REFUSED);
            }
        }
    }

    /** Counts what passes. */
    private static final class Way implements JourneyEventSink {
        private static final long EVERY = 500;

        private final JourneyEventSink target;
        private final LongConsumer progress;
        private final AtomicLong emitted = new AtomicLong();

        Way(JourneyEventSink target, LongConsumer progress) {
            this.target = target;
            this.progress = progress;
        }

        @Override
        public void emit(JourneyEventBatch batch) {
            target.emit(batch);
            long before = emitted.getAndAdd(batch.size());
            if ((before + batch.size()) / EVERY != before / EVERY) {
                progress.accept(before + batch.size());
            }
        }
    }
}
