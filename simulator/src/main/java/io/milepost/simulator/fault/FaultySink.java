package io.milepost.simulator.fault;

import io.milepost.simulator.scenario.Scenario.Faults;
import io.milepost.spi.Diagnostics;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Hands batches on, some of them twice, some behind later ones, some days late; loses nothing. The same seed does the same
 * to the same batches. Not for several threads.
 */
public final class FaultySink implements JourneyEventSink {

    /** Batches a repeated one or one out of order is held back, at most. */
    private static final int FARTHEST = 400;

    private record Held<K>(K until, long number, JourneyEventBatch batch) {}

    private final JourneyEventSink target;
    private final Faults faults;
    private final SplittableRandom random;
    private final PriorityQueue<Held<Long>> behind = new PriorityQueue<>(
            Comparator.<Held<Long>, Long>comparing(Held::until).thenComparing(Held::number));
    private final PriorityQueue<Held<Instant>> late = new PriorityQueue<>(
            Comparator.<Held<Instant>, Instant>comparing(Held::until).thenComparing(Held::number));
    private long batches;
    private long repeatedEvents;
    private long disorderedEvents;
    private long lateEvents;
    private long splitEvents;

    public FaultySink(JourneyEventSink target, Faults faults, long seed) {
        this.target = target;
        this.faults = faults;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void emit(JourneyEventBatch batch) {
        if (faults.split() > 0 && batch.size() > 1 && random.nextDouble() < faults.split()) {
            splitEvents += batch.size();
            batch.events().forEach(event -> pass(JourneyEventBatch.of(event)));
        } else {
            pass(batch);
        }
    }

    private void pass(JourneyEventBatch batch) {
        batches++;
        double fate = random.nextDouble();
        if (fate < faults.late()) {
            lateEvents += batch.size();
            late.add(new Held<>(timeOf(batch).plus(faults.lateBy()), batches, batch));
        } else if (fate < faults.late() + faults.disorder()) {
            disorderedEvents += batch.size();
            hold(batch);
        } else {
            target.emit(batch);
        }
        if (random.nextDouble() < faults.duplicates()) {
            repeatedEvents += batch.size();
            hold(batch);
        }
        release(timeOf(batch));
    }

    private void hold(JourneyEventBatch batch) {
        behind.add(new Held<>(batches + 1 + random.nextInt(FARTHEST), batches, batch));
    }

    private void release(Instant now) {
        while (!behind.isEmpty() && behind.element().until <= batches) {
            target.emit(behind.remove().batch);
        }
        while (!late.isEmpty() && !late.element().until.isAfter(now)) {
            target.emit(late.remove().batch);
        }
    }

    private static Instant timeOf(JourneyEventBatch batch) {
        return batch.events().stream()
                .map(JourneyEvent::time)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    /** Hands on all that is held back. To be called at the end. */
    public void release() {
        while (!behind.isEmpty()) {
            target.emit(behind.remove().batch);
        }
        while (!late.isEmpty()) {
            target.emit(late.remove().batch);
        }
    }

    /** What was done to how many events: {@code repeated}, {@code disordered}, {@code late}, {@code split}. */
    @Override
    public Diagnostics diagnostics() {
        return new Diagnostics(
                Map.of(
                        "repeated", repeatedEvents,
                        "disordered", disorderedEvents,
                        "late", lateEvents,
                        "split", splitEvents),
                null);
    }
}
