package io.milepost.analytics.checkpoint;

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

    /** Between the end of one and the begin of the next. */
    private static final Duration AT_LEAST = Duration.ofSeconds(20);
    /** After that, few new events are enough. */
    private static final Duration AT_MOST = Duration.ofMinutes(5);
    /** A tenth more events than the last one held: what is written in all stays in proportion to what is stored. */
    private static final int SHARE = 10;

    private final CheckpointFile file;
    private final JournalProgress progress;
    private final Clock clock;
    private final long fewest;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "checkpoint");
    private Instant last;

    /** @param fewest so many new events take longer to replay than a checkpoint takes to be worth it */
    CheckpointWriter(CheckpointFile file, JournalProgress progress, Clock clock, long fewest) {
        this.file = file;
        this.progress = progress;
        this.clock = clock;
        this.fewest = fewest;
        this.last = clock.instant();
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
                if (progress.ready() && isDue()) {
                    write();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long projected() {
        return progress.freshness().projectedEvents();
    }

    private boolean isDue() {
        long waiting = projected() - file.events();
        Duration since = Duration.between(last, clock.instant());
        return waiting >= fewest
                && since.compareTo(AT_LEAST) >= 0
                && (waiting >= file.events() / SHARE || since.compareTo(AT_MOST) >= 0);
    }

    /** What goes wrong here costs time at the next start and nothing else. */
    private void write() {
        Instant begun = clock.instant();
        try {
            file.write(false);
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
