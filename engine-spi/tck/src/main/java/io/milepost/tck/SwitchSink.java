package io.milepost.tck;

import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;

/** The sink of an engine that several rules share: now a recorder, now one that misbehaves. */
final class SwitchSink implements JourneyEventSink {
    private volatile JourneyEventSink to = JourneyEventSink.noop();

    void to(JourneyEventSink sink) {
        to = sink;
    }

    @Override
    public void emit(JourneyEventBatch batch) {
        to.emit(batch);
    }
}
