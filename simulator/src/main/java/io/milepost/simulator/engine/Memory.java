package io.milepost.simulator.engine;

import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;
import io.milepost.spi.ReplaySource;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers everything, by living through it again. */
final class Memory implements ReplaySource {

    private final Course world;

    Memory(Course world) {
        this.world = world;
    }

    @Override
    public long replay(Instant from, Instant to, JourneyEventSink into) {
        AtomicLong told = new AtomicLong();
        world.run(transaction -> {
            List<JourneyEvent> wanted = transaction.stream()
                    .filter(event ->
                            !event.time().isBefore(from) && event.time().isBefore(to))
                    .toList();
            if (!wanted.isEmpty()) {
                told.addAndGet(wanted.size());
                into.emit(new JourneyEventBatch(wanted));
            }
        });
        return told.get();
    }
}
