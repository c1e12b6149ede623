package io.milepost.analytics.row;

import io.milepost.analytics.journal.Freshness;
import io.milepost.analytics.journal.JournalProgress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps the rows out of the events' way. One thread. */
final class Pace {

    private static final Duration LOOK = Duration.ofMillis(20);
    /** Looks at a projector that is never done before a batch is written nevertheless: rows trail, but they move. */
    private static final int LOOKS = 50;

    private static final Duration LONGEST_REST = Duration.ofSeconds(5);

    private final JournalProgress journal;
    private final Clock clock;
    private final int share;
    private final CountDownLatch closing;
    private long acceptedBefore;

    /** @param closing ends every wait */
    Pace(JournalProgress journal, Clock clock, int share, CountDownLatch closing) {
        this.journal = journal;
        this.clock = clock;
        this.share = share;
        this.closing = closing;
    }

    /** A batch that may be interrupted by nobody, only kept waiting. */
    interface Batch {
        /** @param busy whether events come in: they may have to wait for it */
        void write(boolean busy);
    }

    /** Waits until figures have caught up, runs the batch, and rests as long as it must; not at all once closing. */
    void run(Batch batch) throws InterruptedException {
        for (int look = 0; look < LOOKS && behind(); look++) {
            rest(LOOK);
        }
        long start = clock.millis();
        batch.write(acceptedEvents() != acceptedBefore);
        long spent = clock.millis() - start;
        long accepted = acceptedEvents();
        if (accepted != acceptedBefore) {
            acceptedBefore = accepted;
            Duration due = Duration.ofMillis(spent * (100 - share) / share);
            rest(due.compareTo(LONGEST_REST) < 0 ? due : LONGEST_REST);
        }
    }

    /** True once closing. */
    boolean rest(Duration duration) throws InterruptedException {
        return closing.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    private long acceptedEvents() {
        return journal.freshness().acceptedEvents();
    }

    private boolean behind() {
        Freshness freshness = journal.freshness();
        return freshness.projectedEvents() < freshness.acceptedEvents() && closing.getCount() > 0;
    }
}
