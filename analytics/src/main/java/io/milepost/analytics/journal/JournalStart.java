package io.milepost.analytics.journal;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replays the journal beside the running server, which says 503 meanwhile. A damaged journal stops the service. */
@Singleton
final class JournalStart implements ApplicationEventListener<ServerStartupEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(JournalStart.class);

    private final Journal journal;

    JournalStart(Journal journal) {
        this.journal = journal;
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        Thread thread = new Thread(() -> start(event), "journal-start");
        thread.setDaemon(true);
        thread.start();
    }

    private void start(ServerStartupEvent event) {
        try {
            journal.start();
        } catch (RuntimeException e) {
            LOG.error("cannot start: {}", e.getMessage(), e);
            event.getSource().stop();
        }
    }
}
