package io.milepost.analytics.journal;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replays the journal beside the running server, which says 503 meanwhile. */
@Singleton
final class JournalStart implements ApplicationEventListener<ServerStartupEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(JournalStart.class);

    private final Journal journal;

    JournalStart(Journal journal) {
        this.journal = journal;
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        journal.opened().exceptionally(failure -> {
            LOG.error("the journal cannot be opened: {}", failure.getMessage(), failure);
            return null;
        });
        Thread thread = new Thread(journal::start, "journal-start");
        thread.setDaemon(true);
        thread.start();
    }
}
