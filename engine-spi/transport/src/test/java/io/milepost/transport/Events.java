package io.milepost.transport;

import io.milepost.spi.EntryRef;
import io.milepost.spi.EventSource;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.VisitRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Numbered events, as an engine would tell them. */
final class Events {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final EventSource ENGINE = new EventSource("/engines/acme/prod-1");

    private Events() {}

    static JourneyEvent event(int number) {
        EntryRef entry = new EntryRef("onboarding", 3, "entry-" + number, "user-" + number % 1000).at(number);
        return ENGINE.nodeEntered(START.plusMillis(number), entry, new VisitRef("welcome", "v-1"))
                .from("start", "flow-1");
    }

    static String id(int number) {
        return event(number).id();
    }

    static JourneyEventBatch batch(int from, int count) {
        List<JourneyEvent> events = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            events.add(event(i));
        }
        return new JourneyEventBatch(events);
    }
}
