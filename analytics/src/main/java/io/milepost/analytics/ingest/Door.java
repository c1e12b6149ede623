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

    /** Takes room, to be given back by {@link #leave}. */
    void enter(long bytes) throws IntakeClosedException {
        if (taken.addAndGet(bytes) > room) {
            leave(bytes);
            throw new IntakeClosedException("too many bodies are waiting to be stored", RETRY);
        }
    }

    void leave(long bytes) {
        taken.addAndGet(-bytes);
    }
}
