package io.milepost.transport;

import java.io.IOException;
import java.util.function.BooleanSupplier;
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
    private final BooleanSupplier closing;

    Sender(
            Settings settings,
            Spool spool,
            Ledger ledger,
            Courier courier,
            Transport.Delay delay,
            BooleanSupplier closing) {
        this.settings = settings;
        this.spool = spool;
        this.ledger = ledger;
        this.courier = courier;
        this.delay = delay;
        this.closing = closing;
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
            int events = chunk.lines().count();
            if (events > 0 && courier.deliver(chunk.lines(), closing) < events) {
                return false;
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
