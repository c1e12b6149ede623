package io.milepost.simulator.fault;

import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;
import java.util.List;

/** Gives batches to several senders in turn, as the nodes of a cluster would send them. Not for several threads. */
public final class Senders implements JourneyEventSink {

    private final List<? extends JourneyEventSink> senders;
    private int next;

    /** @param senders one at least */
    public Senders(List<? extends JourneyEventSink> senders) {
        this.senders = List.copyOf(senders);
    }

    @Override
    public void emit(JourneyEventBatch batch) {
        senders.get(next).emit(batch);
        next = (next + 1) % senders.size();
    }
}
