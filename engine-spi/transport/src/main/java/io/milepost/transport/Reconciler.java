package io.milepost.transport;

import io.milepost.spi.Diagnostics;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;
import io.milepost.spi.ReplaySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Heals what a halt took: when an engine starts, its own history is told again from the moment up to which all was known to
 * be told. That moment is kept in a file and moved on every ten seconds. What analytics has already counts as a
 * duplicate.
 *
 * <p>On a thread of its own; a history that can't be read is tried again every ten seconds. Any thread.
 *
 * @since 0.1
 */
public final class Reconciler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration TICK = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** From the hand-over to the disk it takes milliseconds; and nodes' clocks differ. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final ReplaySource history;
    private final JourneyEventSink to;
    private final Path mark;
    private final Duration window;
    private final InstantSource clock;
    private final Told told;
    private final Instant started;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile long reconciled;
    private volatile boolean done;
    private volatile Diagnostics.@Nullable Failure lastFailure;

    /**
     * Whether all that was committed has been handed on.
     *
     * @since 0.1
     */
    @FunctionalInterface
    public interface Told {
        /** Waits for it, for at most that long. */
        boolean await(Duration longest);
    }

    /**
     * Starts the thread, a daemon.
     *
     * @param mark the file, made when there is none; an unreadable one counts as none
     * @param window the most that is told again; without a mark it is all of it
     * @param clock the engine's
     */
    public Reconciler(
            ReplaySource history, JourneyEventSink to, Path mark, Duration window, InstantSource clock, Told told) {
        this.history = history;
        this.to = to;
        this.mark = mark;
        this.window = window;
        this.clock = clock;
        this.told = told;
        started = clock.instant();
        Thread thread = new Thread(this::run, "milepost-reconciler");
        thread.setDaemon(true);
        thread.start();
    }

    /** {@code reconciled} events told again so far, {@code reconciling} 1 while that goes on, and the last failure. */
    public Diagnostics diagnostics() {
        return new Diagnostics(Map.of("reconciled", reconciled, "reconciling", done ? 0L : 1L), lastFailure);
    }

    /** Stops, and if all was told by then, says so for the next start. Blocks for a second at most. */
    @Override
    public void close() {
        closing.countDown();
        markIfAllIsTold();
    }

    private void run() {
        while (!done && !isClosing()) {
            try {
                reconcile();
            } catch (RuntimeException e) {
                failed(e);
                pause();
            }
        }
        while (!isClosing()) {
            markIfAllIsTold();
            pause();
        }
    }

    private void reconcile() {
        Instant since = since();
        long events = since.isBefore(started) ? history.replay(since, started, this::unlessClosing) : 0;
        reconciled = events;
        done = true;
        LOG.info("Told {} events of the engine's history again, those since {}", events, since);
    }

    private void unlessClosing(JourneyEventBatch batch) {
        if (isClosing()) {
            throw new IllegalStateException("the engine stops before its history is told again");
        }
        to.emit(batch);
    }

    private Instant since() {
        Instant earliest = started.minus(window);
        Instant marked = marked();
        return marked == null || marked.isBefore(earliest) ? earliest : marked.minus(MARGIN);
    }

    private @Nullable Instant marked() {
        try {
            return Files.exists(mark) ? Instant.parse(Files.readString(mark).strip()) : null;
        } catch (IOException | DateTimeException unreadable) {
            failed(unreadable);
            return null;
        }
    }

    private void markIfAllIsTold() {
        Instant now = clock.instant();
        if (!done || !told.await(PATIENCE)) {
            return;
        }
        try {
            Path fresh = mark.resolveSibling(mark.getFileName() + ".new");
            Files.writeString(fresh, now.toString());
            Files.move(fresh, mark, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(Exception cause) {
        lastFailure = new Diagnostics.Failure(clock.instant(), "telling the engine's history again", cause);
        if (!isClosing()) {
            LOG.warn(
                    "The engine's history could not be told again; what a halt may have lost is not healed yet", cause);
        }
    }

    private void pause() {
        try {
            closing.await(TICK.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // Only a sink could have interrupted this thread; there is nothing to stop for.
            return;
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }
}
