package io.milepost.spi;

import java.util.List;

/**
 * What one committed transaction of the engine told, in the order in which it happened. Immutable; may be empty.
 *
 * @since 0.1
 */
public record JourneyEventBatch(List<JourneyEvent> events) {
    public JourneyEventBatch {
        events = List.copyOf(events);
    }

    public static JourneyEventBatch of(JourneyEvent... events) {
        return new JourneyEventBatch(List.of(events));
    }

    public int size() {
        return events.size();
    }

    public boolean isEmpty() {
        return events.isEmpty();
    }
}
