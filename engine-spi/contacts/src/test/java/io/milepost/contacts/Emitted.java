package io.milepost.contacts;

import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A sink in memory, which can be told that nothing arrives. */
final class Emitted implements JourneyEventSink {

    final List<JourneyEvent> events = new ArrayList<>();
    boolean arrives = true;

    @Override
    public void emit(JourneyEventBatch batch) {
        events.addAll(batch.events());
    }

    @Override
    public boolean flush(Duration deadline) {
        return arrives;
    }

    <E extends JourneyEvent> List<E> of(Class<E> type) {
        return events.stream()
                .flatMap(event -> type.isInstance(event) ? Stream.of(type.cast(event)) : Stream.empty())
                .toList();
    }
}
