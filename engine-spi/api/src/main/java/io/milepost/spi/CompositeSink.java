package io.milepost.spi;

import java.time.Duration;
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
    public boolean flush(Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        boolean arrived = true;
        for (JourneyEventSink sink : sinks) {
            arrived &= sink.flush(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
        return arrived;
    }

    @Override
    public Diagnostics diagnostics() {
        return sinks.stream().map(JourneyEventSink::diagnostics).reduce(Diagnostics.NONE, Diagnostics::plus);
    }
}
