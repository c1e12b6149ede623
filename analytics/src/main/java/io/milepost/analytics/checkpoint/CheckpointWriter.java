package io.milepost.analytics.checkpoint;

import io.milepost.analytics.journal.Identities;
import io.milepost.analytics.journal.JournalProgress;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides while the service runs when a checkpoint is worth its writing, and writes it on a thread of its own. */
final class CheckpointWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointWriter.class);

    /** Between the end of one and the begin of the next, where all goes well. */
    private static final Duration AT_LEAST = Duration.ofSeconds(20);
    /** After that, few new events are enough, and what failed is tried again. */
    private static final Duration AT_MOST = Duration.ofMinutes(5);
    /** Nothing came for so long: cells hold still now, and will for as long as it takes to write them. */
    private static final Duration QUIET = Duration.ofSeconds(20);
    /** A tenth more events than the last one held: what is written in all stays in proportion to what is stored. */
    private static final int SHARE = 10;

    private final CheckpointFile file;
    private final JournalProgress progress;
    private final Identities identities;
    private final Clock clock;
    private final long fewest;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "checkpoint");
    private Instant last;
    private Duration rest = AT_LEAST;
    private long seen;
    private Instant seenAt;

    /** @param fewest so many new events take longer to replay than a checkpoint takes to be worth it */
    CheckpointWriter(CheckpointFile file, JournalProgress progress, Identities identities, Clock clock, long fewest) {
        this.file = file;
        this.identities = identities;
        this.progress = progress;
        this.clock = clock;
        this.fewest = fewest;
        this.last = clock.instant();
        this.seenAt = last;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Returns when none is being written any more. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (thread.isAlive()) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing.await(1, TimeUnit.SECONDS)) {
                if (progress.ready()) {
                    writeIfDue();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeIfDue() {
        Instant now = clock.instant();
        long projected = progress.freshness().projectedEvents();
        if (projected != seen) {
            seen = projected;
            seenAt = now;
        }
        Duration since = Duration.between(last, now);
        boolean quiet = Duration.between(seenAt, now).compareTo(QUIET) >= 0;
        if (isWorthIt(projected - (quiet ? file.foldedEvents() : file.events()), since)) {
            write(quiet);
        }
    }

    private boolean isWorthIt(long waiting, Duration since) {
        return waiting >= fewest
                && since.compareTo(rest) >= 0
                && (waiting >= file.events() / SHARE || since.compareTo(AT_MOST) >= 0);
    }

    /** What goes wrong here costs time at the next start and nothing else. */
    private void write(boolean withCells) {
        Instant begun = clock.instant();
        rest = AT_MOST;
        try {
            file.write(identities, withCells);
            rest = AT_LEAST;
            LOG.debug(
                    "checkpoint of {} events in {} ms",
                    file.events(),
                    Duration.between(begun, clock.instant()).toMillis());
        } catch (IOException | RuntimeException e) {
            LOG.warn("no checkpoint could be written: {}", e.getMessage());
        }
        last = clock.instant();
    }
}
