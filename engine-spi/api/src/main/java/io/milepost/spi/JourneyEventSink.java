package io.milepost.spi;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Where committed events go: the one hook between an engine and Milepost.
 *
 * <p>Engines call it after a transaction is committed, never inside it: a step that was rolled back never happened. An
 * engine is best given an {@linkplain #isolating isolating} sink, which holds any other to its contract's word not to
 * throw.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface JourneyEventSink {

    /**
     * Takes what one transaction told.
     *
     * <p>Called once for each committed transaction, on whichever of the engine's threads committed it, on many at a
     * time. Must not throw and must not block: no I/O, no waiting for a lock that is held over I/O. When it returns, the
     * batch is the sink's: it is immutable and stays valid for ever. The same event may come again, by its id, after a
     * retry or a replay.
     */
    void emit(JourneyEventBatch batch);

    /**
     * What became of the events so far. Any thread, at any time; does not block or throw. The answer is a snapshot and
     * doesn't change.
     */
    default Diagnostics diagnostics() {
        return Diagnostics.NONE;
    }

    /**
     * Waits until all that was emitted before this call has arrived for good: nothing of it is lost if this process ends.
     * Any thread, but never one of the engine's; blocks for at most that long; doesn't throw. False if time ran out, the
     * sink was closed, or the thread was interrupted, which then stays interrupted. A sink that is done with a batch when
     * {@link #emit} returns has nothing to wait for.
     */
    default boolean flush(Duration deadline) {
        return true;
    }

    /** A sink that forgets. */
    static JourneyEventSink noop() {
        return NoopSink.INSTANCE;
    }

    /**
     * One sink that hands each batch to all of these, in this order, each isolated from the others' failures. None gives
     * {@link #noop()}, one gives itself.
     *
     * @param clock tells when a failure was
     */
    static JourneyEventSink composite(InstantSource clock, JourneyEventSink... sinks) {
        return composite(clock, List.of(sinks));
    }

    /** As {@link #composite(InstantSource, JourneyEventSink...)}. */
    static JourneyEventSink composite(InstantSource clock, List<? extends JourneyEventSink> sinks) {
        return switch (sinks.size()) {
            case 0 -> noop();
            case 1 -> sinks.get(0);
            default -> CompositeSink.of(sinks, clock);
        };
    }

    /**
     * A sink whose {@link #emit} never throws, whatever that of {@code sink} does: it is caught, counted as
     * {@link Diagnostics#FAILED_BATCHES} and {@link Diagnostics#FAILED_EVENTS}, kept as the last failure and logged.
     * {@link VirtualMachineError}s pass. It cannot mend a sink that blocks.
     *
     * @param clock tells when a failure was
     */
    static JourneyEventSink isolating(JourneyEventSink sink, InstantSource clock) {
        return sink instanceof IsolatingSink || sink == noop() ? sink : new IsolatingSink(sink, clock);
    }
}
