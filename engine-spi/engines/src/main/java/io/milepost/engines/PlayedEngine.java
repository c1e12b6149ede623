package io.milepost.engines;

import io.milepost.spi.Diagnostics;
import io.milepost.spi.JourneyEngineAdapter.Attachment;
import io.milepost.spi.ReplaySource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An engine with its adapter, as {@link ModelsContract} drives it: one thread, and nothing moves by itself. */
public interface PlayedEngine extends AutoCloseable {
    /** Why the engine refuses the diagram, in its own words; empty if it has deployed it. */
    Optional<String> refusal(String name, String bpmn);

    /** From now on everything happens at that time. */
    void stopClock(Instant time);

    /** What starts an instance: each deployed process, and each message that begins one. */
    List<Runnable> starts(@Nullable String user, Map<String, Object> variables);

    /** What waits, one kind after the other, to be asked for when it is its turn. */
    List<Supplier<List<Runnable>>> waiting(Map<String, Object> variables);

    /** Deletes that many of the running instances. */
    void stop(int instances);

    /** Of the engine's own history tables. */
    List<PastVisit> history();

    /** As {@link Attachment#flush}. */
    boolean flush(Duration deadline);

    Diagnostics diagnostics();

    ReplaySource replaySource();

    @Override
    void close();

    /** An activity instance of the history. */
    record PastVisit(String journeyId, String nodeId, boolean hasEnded) {}
}
