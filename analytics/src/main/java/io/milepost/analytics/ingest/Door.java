package io.milepost.analytics.ingest;

import io.milepost.analytics.journal.IntakeClosedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Lets bodies in as long as there is room for them in memory. Any thread. */
final class Door {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final long room;
    private final AtomicLong taken = new AtomicLong();

    Door(long room) {
        this.room = room;
    }

    /**
     * Takes room, to be given back by {@link #leave}. Who comes alone is let in, however large.
     *
     * @param held what the same body has taken already
     */
    void enter(long bytes, long held) throws IntakeClosedException {
        long all = taken.addAndGet(bytes);
        if (all > room && all > bytes + held) {
            leave(bytes);
            throw new IntakeClosedException("too many bodies are waiting to be stored", RETRY);
        }
    }

    void leave(long bytes) {
        taken.addAndGet(-bytes);
    }
}
