package io.milepost.transport;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes chunks from the spool and has them delivered. One thread each. */
final class Sender implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    private final Settings settings;
    private final Spool spool;
    private final Ledger ledger;
    private final Courier courier;
    private final Transport.Delay delay;

    Sender(Settings settings, Spool spool, Ledger ledger, Courier courier, Transport.Delay delay) {
        this.settings = settings;
        this.spool = spool;
        this.ledger = ledger;
        this.courier = courier;
        this.delay = delay;
    }

    @Override
    public void run() {
        try {
            while (sendNext()) {}
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean sendNext() throws InterruptedException {
        try {
            Chunk chunk = spool.take(settings.batchEvents(), settings.batchBytes(), settings.linger());
            if (chunk == null) {
                return false;
            }
            ledger.dropped(DropReason.DAMAGED, chunk.lost());
            if (chunk.lines().count() > 0) {
                courier.deliver(chunk.lines(), () -> false);
            }
            spool.acknowledge(chunk);
        } catch (IOException unreadable) {
            ledger.failed("reading the spool", unreadable);
            LOG.error("The spool can't be read; its events are kept and tried again in {}", settings.longestBackoff());
            delay.await(settings.longestBackoff());
        }
        return true;
    }
}
