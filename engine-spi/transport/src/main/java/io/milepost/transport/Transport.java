package io.milepost.transport;

import io.milepost.spi.Diagnostics;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from an engine to analytics: a queue in memory, a spool on disk, and senders over HTTP.
 *
 * <p>What {@link #emit} was given reaches the spool within milliseconds; from there on it survives the end of the process
 * and is sent until analytics has answered for it, in this run or a later one with the same folder. An event may be sent
 * more than once, always with the same id, and then counts once. Lost without a count can only be what was emitted
 * and not yet spooled when the process was killed (at most {@link Builder#queueEvents} and some 1,000), or not yet written
 * by the operating system when the power failed.
 *
 * <p>Each event is in exactly one place, see {@link Delivery}; what is given up is counted by reason and logged.
 *
 * <p>Any thread.
 *
 * @since 0.1
 */
public final class Transport implements JourneyEventSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
    private static final Duration SPILL_PATIENCE = Duration.ofMillis(500);
    private static final long GRACE_SECONDS = 10;

    private final Settings settings;
    private final Spool spool;
    private final Ledger ledger;
    private final HandoverQueue queue;
    private final Thread writer;
    private final Supplier<Courier> couriers;
    private final List<Thread> senders = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    /** The {@link Spool#appends} at which the disk was found hanging: no engine thread waits again before it moves. */
    private volatile long stalledAt = -1;

    private Transport(Settings settings, @Nullable Delay given) throws IOException {
        this.settings = settings;
        spool = Spool.open(settings.spool(), settings.spoolBytes());
        ledger = new Ledger(settings.clock(), settings.warnEvery(), spool.waiting(), spool.tornBytes());
        queue = new HandoverQueue(settings.queueEvents());
        Delay delay = given == null ? this::untilClosing : given;
        writer = daemon("milepost-spool", new SpoolWriter(settings, queue, spool, ledger, delay));
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.requestTimeout())
                .build();
        Pace pace = new Pace(settings.clock(), settings.warnEvery());
        couriers = () -> new Courier(settings, ledger, client, delay, pace);
        for (int i = 1; i <= settings.connections(); i++) {
            Sender sender = new Sender(settings, spool, ledger, couriers.get(), delay, this::isClosing);
            senders.add(daemon("milepost-sender-" + i, sender));
        }
    }

    /**
     * Begins the settings of a transport to that address.
     *
     * @param analytics where analytics listens, e.g. {@code http://localhost:8080}; with a path, that is taken as the
     *     whole address of its ingest
     */
    public static Builder to(URI analytics) {
        return new Builder(analytics);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Costs a few microseconds. With the queue full, the batch is written to the spool in the calling thread, in turn
     * with others; if the spool is full, or the disk takes nothing for half a second, the batch is dropped and counted, and no
     * thread waits again until the disk moves. After {@link #close} a batch is dropped and counted too.
     */
    @Override
    public void emit(JourneyEventBatch batch) {
        if (!batch.isEmpty()) {
            ledger.emitted(batch.size());
            if (!queue.offer(batch)) {
                spill(batch);
            }
        }
    }

    /**
     * As {@link #emit}, but waits where that would spill or drop: for simulators and replays, which can wait. Never call
     * it on an engine's thread.
     *
     * @throws InterruptedException if interrupted while waiting; the batch is then dropped, and counted as such
     */
    public void emitBlocking(JourneyEventBatch batch) throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        ledger.emitted(batch.size());
        boolean taken = false;
        try {
            taken = queue.put(batch);
        } finally {
            if (!taken) {
                ledger.dropped(DropReason.CLOSED, batch.size());
            }
        }
    }

    /** The folder of its spool. */
    public Path spool() {
        return settings.spool();
    }

    /** A way of its own past queue and spool, for one who keeps the events until they have arrived. */
    DirectWay directly() {
        return new DirectWay(settings, ledger, couriers.get(), this::isClosing);
    }

    /**
     * Waits until analytics has answered for all that was emitted before this call. Blocks for at most that long; doesn't
     * throw. True if it was; false if time ran out, the transport was closed before, or the thread was interrupted, which then
     * stays interrupted.
     */
    @Override
    public boolean flush(Duration deadline) {
        try {
            long left = queue.awaitSettled(deadline);
            return left >= 0 && spool.awaitAcknowledged(spool.next(), Duration.ofNanos(left));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What became of the events. Does not block or throw. */
    public Delivery delivery() {
        return ledger.snapshot();
    }

    /** {@link #delivery()} by name. */
    @Override
    public Diagnostics diagnostics() {
        return delivery().diagnostics();
    }

    /**
     * Takes no more events, writes those of the queue to the spool, and stops sending. What is in the spool is sent by
     * the next transport with this folder; {@link #flush} before, to wait for it. Blocks for some seconds at most;
     * doesn't throw; more than once is fine.
     */
    @Override
    public void close() {
        queue.close();
        closing.countDown();
        spool.stopTaking();
        boolean interrupted = end(writer);
        for (Thread sender : senders) {
            interrupted |= end(sender);
        }
        try {
            spool.close();
        } catch (IOException e) {
            ledger.failed("closing the spool", e);
            LOG.warn("The spool in {} could not be closed cleanly", settings.spool(), e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void spill(JourneyEventBatch batch) {
        FrameBuilder frame = settings.newFrame();
        for (JourneyEvent event : batch.events()) {
            frame.add(event, ledger);
            if (frame.isFull()) {
                spill(frame);
            }
        }
        spill(frame);
    }

    private void spill(FrameBuilder frame) {
        DropReason hindrance = frame.isEmpty() ? null : trySpill(frame);
        if (hindrance != null) {
            ledger.dropped(hindrance, frame.count());
        }
        frame.clear();
    }

    /** Null if it is in the spool. */
    private @Nullable DropReason trySpill(FrameBuilder frame) {
        if (queue.isClosed()) {
            return DropReason.CLOSED;
        }
        boolean interrupted = Thread.interrupted();
        try {
            return toSpool(frame);
        } catch (InterruptedException e) {
            interrupted = true;
            return DropReason.QUEUE_FULL;
        } catch (IOException refused) {
            ledger.failed("spilling to the spool", refused);
            return DropReason.SPOOL_FAILED;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private @Nullable DropReason toSpool(FrameBuilder frame) throws IOException, InterruptedException {
        long appends = spool.appends();
        return switch (spool.append(frame, appends == stalledAt ? Duration.ZERO : SPILL_PATIENCE)) {
            case YES -> null;
            case FULL -> DropReason.SPOOL_FULL;
            case BUSY -> {
                stalledAt = appends;
                yield DropReason.QUEUE_FULL;
            }
            case CLOSED -> DropReason.CLOSED;
        };
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private boolean untilClosing(Duration longest) throws InterruptedException {
        return closing.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** True if this thread was interrupted while it waited. */
    private static boolean end(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(GRACE_SECONDS));
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(TimeUnit.SECONDS.toMillis(1));
            }
            return false;
        } catch (InterruptedException e) {
            thread.interrupt();
            return true;
        }
    }

    /**
     * Waits, between tries.
     *
     * @since 0.1
     */
    @FunctionalInterface
    public interface Delay {
        /** Returns after that time, or earlier: the next try then comes earlier. The answer is ignored. */
        boolean await(Duration time) throws InterruptedException;
    }

    /**
     * Settings of a transport; each says its default. Not for several threads.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final URI endpoint;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private @Nullable Path spool;
        private long spoolBytes = 1L << 30;
        private int queueEvents = 8_192;
        private int batchEvents = 8_000;
        private int batchBytes = 4 << 20;
        private Duration linger = Duration.ofSeconds(1);
        private int connections = 2;
        private WireFormat format = WireFormat.NDJSON;
        private boolean gzip;
        private Duration requestTimeout = Duration.ofSeconds(30);
        private Duration firstBackoff = Duration.ofMillis(200);
        private Duration longestBackoff = Duration.ofSeconds(30);
        private Duration warnEvery = Duration.ofMinutes(1);
        private InstantSource clock = InstantSource.system();
        private RandomGenerator random = new Random();
        private @Nullable Delay delay;

        private Builder(URI analytics) {
            boolean bare = analytics.getPath() == null
                    || analytics.getPath().isEmpty()
                    || analytics.getPath().equals("/");
            endpoint = bare ? analytics.resolve("/v1/events") : analytics;
        }

        /** Where events wait on disk: a folder of this transport's own, made if it is not there. Required. */
        public Builder spool(Path folder) {
            spool = folder;
            return this;
        }

        /** The most the spool may take on disk, at least 1 MiB. 1 GiB, some three million events. */
        public Builder spoolBytes(long most) {
            spoolBytes = atLeast(1 << 20, most, "spoolBytes");
            return this;
        }

        /** How many events may wait in memory for the disk; a kill can lose so many, and some 1,000 more. 8,192. */
        public Builder queueEvents(int most) {
            queueEvents = (int) atLeast(1, most, "queueEvents");
            return this;
        }

        /** The most events in a request. 8,000. */
        public Builder batchEvents(int most) {
            batchEvents = (int) atLeast(1, most, "batchEvents");
            return this;
        }

        /** The size at which a request is full, in bytes before compression; a larger event goes alone. 4 MiB. */
        public Builder batchBytes(int most) {
            batchBytes = (int) atLeast(1, most, "batchBytes");
            return this;
        }

        /** How long an event may wait for others to share its request. 1 s. */
        public Builder linger(Duration longest) {
            linger = notNegative(longest, "linger");
            return this;
        }

        /** How many requests may be under way at once. 2. */
        public Builder connections(int count) {
            connections = (int) atLeast(1, count, "connections");
            return this;
        }

        /** How a body holds its events. NDJSON. */
        public Builder format(WireFormat given) {
            format = Objects.requireNonNull(given, "format");
            return this;
        }

        /** Whether bodies are compressed: a tenth of the bytes, for as much CPU as all else. They are not. */
        public Builder gzip(boolean compressed) {
            gzip = compressed;
            return this;
        }

        /** A header of each request, e.g. {@code Authorization}. None. */
        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /** How long to wait for an answer before the request is tried again. 30 s. */
        public Builder requestTimeout(Duration longest) {
            requestTimeout = notNegative(longest, "requestTimeout");
            return this;
        }

        /** The wait after the first failure, and the longest one; doubled in between. 200 ms, 30 s. */
        public Builder backoff(Duration first, Duration longest) {
            firstBackoff = notNegative(first, "backoff");
            longestBackoff = notNegative(longest, "backoff");
            return this;
        }

        /** At most one warning about drops, and one about failed requests, in that time. 1 minute. */
        public Builder warnEvery(Duration period) {
            warnEvery = notNegative(period, "warnEvery");
            return this;
        }

        /** For the times of failures and warnings. The system's. */
        public Builder clock(InstantSource given) {
            clock = Objects.requireNonNull(given, "clock");
            return this;
        }

        /** For the jitter of retries; used by several threads. A {@link Random}. */
        public Builder random(RandomGenerator given) {
            random = Objects.requireNonNull(given, "random");
            return this;
        }

        /** How to wait between tries; used by several threads. Really, but no longer than until the transport is closed. */
        public Builder delay(Delay given) {
            delay = Objects.requireNonNull(given, "delay");
            return this;
        }

        /**
         * Opens the spool and starts to send what an earlier run left there.
         *
         * @throws IllegalStateException if there is no spool folder
         * @throws IllegalArgumentException if the address is not one of http or https, or a header can't be sent
         * @throws UncheckedIOException if the folder can't be used, or another transport uses it
         */
        public Transport build() {
            Path folder = spool;
            if (folder == null) {
                throw new IllegalStateException("spool(folder) is required: where may events wait on disk?");
            }
            HttpRequest.Builder probe = HttpRequest.newBuilder(endpoint);
            headers.forEach(probe::setHeader);
            Settings settings = new Settings(
                    endpoint,
                    folder,
                    spoolBytes,
                    queueEvents,
                    batchEvents,
                    batchBytes,
                    linger,
                    connections,
                    format,
                    gzip,
                    Map.copyOf(headers),
                    requestTimeout,
                    firstBackoff,
                    longestBackoff,
                    warnEvery,
                    clock,
                    random);
            try {
                return new Transport(settings, delay);
            } catch (IOException e) {
                throw new UncheckedIOException("The spool can't be opened: " + e.getMessage(), e);
            }
        }

        private static long atLeast(long least, long value, String setting) {
            if (value < least) {
                throw new IllegalArgumentException(setting + " must be at least " + least + ", not " + value);
            }
            return value;
        }

        private static Duration notNegative(Duration value, String setting) {
            if (value.isNegative()) {
                throw new IllegalArgumentException(setting + " must not be negative");
            }
            return value;
        }
    }
}
