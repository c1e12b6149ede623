package io.milepost.spi;

import java.time.InstantSource;
import java.util.List;

final class CompositeSink implements JourneyEventSink {
    private final List<JourneyEventSink> sinks;

    private CompositeSink(List<JourneyEventSink> sinks) {
        this.sinks = sinks;
    }

    static CompositeSink of(List<? extends JourneyEventSink> sinks, InstantSource clock) {
        return new CompositeSink(sinks.stream()
                .map(sink -> JourneyEventSink.isolating(sink, clock))
                .toList());
    }

    @Override
    public void emit(JourneyEventBatch batch) {
        for (JourneyEventSink sink : sinks) {
            sink.emit(batch);
        }
    }

    @Override
    public Diagnostics diagnostics() {
        return sinks.stream().map(JourneyEventSink::diagnostics).reduce(Diagnostics.NONE, Diagnostics::plus);
    }
}
