package io.milepost.analytics.journal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The blocks a start from a checkpoint had no need to read. They are read beside the running service, for a damaged one
 * to be known before the checkpoint is lost.
 */
final class UnreadBlocks {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadBlocks.class);

    private static final int AT_ONCE = 4;
    /** Between two reads, some milliseconds each: the service has the better part of disk and processor. */
    private static final long PAUSE_MILLIS = 10;

    private final Replay replay;
    private final long last;
    private final CountDownLatch closing;
    private final Thread thread = new Thread(this::run, "journal-check");
    private volatile @Nullable String damage;

    UnreadBlocks(Replay replay, long last, CountDownLatch closing) {
        this.replay = replay;
        this.last = last;
        this.closing = closing;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Returns soon after {@code closing}, or when all are read. */
    void await() throws InterruptedException {
        thread.join();
    }

    /** What is wrong with the first damaged one; null = nothing that was read so far. */
    @Nullable
    String damage() {
        return damage;
    }

    private void run() {
        try {
            for (long at = 0; at < last && !closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS); at += AT_ONCE) {
                replay.verify(at, Math.min(at + AT_ONCE, last));
            }
        } catch (JournalException e) {
            damage = e.getMessage();
            LOG.error("the journal is damaged, figures come from the checkpoint alone: {}", damage);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("stored blocks were not all verified: {}", e.getMessage());
        }
    }
}
