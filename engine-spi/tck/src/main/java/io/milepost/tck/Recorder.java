package io.milepost.tck;

import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A sink that keeps all it is given, in order, and prints it one event a line. Any thread.
 *
 * @since 0.1
 */
public final class Recorder implements JourneyEventSink {
    private final List<JourneyEventBatch> batches = new ArrayList<>();

    @Override
    public synchronized void emit(JourneyEventBatch batch) {
        batches.add(batch);
    }

    public synchronized List<JourneyEventBatch> batches() {
        return List.copyOf(batches);
    }

    /** All events, in the order in which they came. */
    public List<JourneyEvent> events() {
        return batches().stream().flatMap(batch -> batch.events().stream()).toList();
    }

    public synchronized void clear() {
        batches.clear();
    }

    /** The history for people: a line for each event, a rule between two batches. */
    public String history() {
        return history(event -> true);
    }

    String history(Predicate<JourneyEvent> wanted) {
        String lines = batches().stream()
                .map(batch -> batch.events().stream()
                        .filter(wanted)
                        .map(HistoryLine::of)
                        .collect(Collectors.joining("\n")))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n  ---- next transaction\n"));
        return lines.isEmpty() ? "  (nothing)" : lines;
    }
}
