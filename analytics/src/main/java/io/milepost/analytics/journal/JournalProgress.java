package io.milepost.analytics.journal;

import java.util.concurrent.CompletableFuture;

/** Where the journal stands. Any thread. */
public interface JournalProgress {

    Freshness freshness();

    /** False while the stored blocks are replayed: figures are undefined until then. */
    boolean ready();

    /**
     * Completes as soon as the first {@code events} accepted events are part of the figures;
     * at once where they are. Give it a deadline with {@link CompletableFuture#orTimeout}: it waits for events not sent
     * yet as well.
     */
    CompletableFuture<Freshness> whenProjected(long events);
}
