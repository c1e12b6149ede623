package io.milepost.transport;

import io.milepost.spi.Diagnostics.Failure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts every event into exactly one place, under one lock, so that the identity of {@link Delivery} always holds. */
final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    private final InstantSource clock;
    private final Pace pace;
    private final long recovered;
    private final long tornBytes;
    private long emitted;
    private long delivered;
    private long duplicates;
    private long waiting;
    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    private final Map<DropReason, Long> untold = new EnumMap<>(DropReason.class);
    private @Nullable Failure lastFailure;

    Ledger(InstantSource clock, Duration warnEvery, long recovered, long tornBytes) {
        this.clock = clock;
        this.pace = new Pace(clock, warnEvery);
        this.recovered = recovered;
        this.tornBytes = tornBytes;
        this.emitted = recovered;
        this.waiting = recovered;
    }

    synchronized void emitted(int events) {
        emitted += events;
        waiting += events;
    }

    /** Were not brought after all, and are kept by who had them: they will be emitted again. */
    synchronized void withdrawn(int events) {
        emitted -= events;
        waiting -= events;
    }

    synchronized void delivered(long events, long ofThemDuplicates) {
        delivered += events;
        duplicates += ofThemDuplicates;
        waiting -= events;
    }

    synchronized void dropped(DropReason reason, long events) {
        if (events > 0) {
            dropped.merge(reason, events, Long::sum);
            untold.merge(reason, events, Long::sum);
            waiting -= events;
        }
    }

    void failed(String doing, Throwable cause) {
        Failure failure = new Failure(clock.instant(), doing, cause);
        synchronized (this) {
            lastFailure = failure;
        }
    }

    synchronized Delivery snapshot() {
        return new Delivery(emitted, recovered, delivered, duplicates, waiting, dropped, tornBytes, lastFailure);
    }

    /** One warning a period, with the numbers since the last; called by a thread that may do I/O. */
    void tellLosses(boolean atOnce) {
        String losses;
        synchronized (this) {
            if (untold.isEmpty() || !(atOnce || pace.isDue())) {
                return;
            }
            losses = untold.entrySet().stream()
                    .map(loss -> loss.getValue() + " " + loss.getKey().wireName())
                    .collect(Collectors.joining(", "));
            untold.clear();
        }
        LOG.warn("Events dropped since the last such warning: {}", losses);
    }
}
