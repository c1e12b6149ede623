package io.milepost.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * An engine that can tell its journeys.
 *
 * @since 0.1
 */
public interface JourneyEngineAdapter {

    /** What this engine can tell. Always the same; any thread; doesn't block or throw. */
    Set<Capability> capabilities();

    /**
     * Begins to listen. Called once, while the application starts and before the engine runs journeys; may block for as
     * long as the engine's own start does, and throws if the engine can't be listened to or a setting is wrong. From its
     * return until {@link Attachment#close()} every transaction the engine commits is emitted once to
     * {@link AdapterContext#sink()}, after its commit, in the order of its steps; nothing else is.
     *
     * <p>Inside the running engine an adapter never throws and never waits: what it can't make an event of it counts,
     * and keeps as the last failure of its {@link Attachment#diagnostics()}.
     */
    Attachment attach(AdapterContext context);

    /**
     * An adapter that listens to its engine.
     *
     * @since 0.1
     */
    interface Attachment extends AutoCloseable {

        /**
         * Waits until all that was committed before this call has been emitted. Any thread; blocks for at most that
         * long; doesn't throw. True if it was, false if time ran out or the thread was interrupted, which then stays
         * interrupted. An adapter that emits in the committing thread has nothing to wait for.
         */
        default boolean flush(Duration deadline) {
            return true;
        }

        /** What was captured and what could not be. Any thread, at any time; doesn't block or throw. */
        default Diagnostics diagnostics() {
            return Diagnostics.NONE;
        }

        /**
         * The engine's memory of the past; empty if it has none.
         *
         * @see Capability#REPLAY
         */
        default Optional<ReplaySource> replaySource() {
            return Optional.empty();
        }

        /**
         * Stops listening. Any thread, any number of times; doesn't throw, and doesn't wait for running transactions:
         * one that commits later may or may not be emitted. Does not close the sink.
         */
        @Override
        void close();
    }
}
