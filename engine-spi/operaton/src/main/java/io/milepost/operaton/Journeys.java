package io.milepost.operaton;

import io.milepost.spi.EntryRef;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.MessageRef;
import io.milepost.spi.VisitRef;
import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.engine.delegate.DelegateExecution;
import org.operaton.bpm.engine.impl.context.Context;
import org.operaton.bpm.engine.impl.persistence.entity.ExecutionEntity;

/**
 * What delegates tell of their messages and outcomes, in one line each. Told with the transaction the delegate runs in,
 * and forgotten with it if it is rolled back. Doesn't block, and never throws into the delegate: what can't be told is
 * counted. Any of the engine's threads, inside a delegate, listener or expression, where it is known as {@code journeys}.
 *
 * @since 0.1
 */
public final class Journeys {
    private final Capture capture;

    Journeys(Capture capture) {
        this.capture = capture;
    }

    /**
     * The facade of the engine that runs this execution, for delegates that nobody gives one.
     *
     * @throws IllegalStateException if that engine has no {@link JourneysPlugin}
     */
    public static Journeys of(DelegateExecution execution) {
        return Context.getProcessEngineConfiguration().getProcessEnginePlugins().stream()
                .filter(JourneysPlugin.class::isInstance)
                .findFirst()
                .map(plugin -> ((JourneysPlugin) plugin).journeys())
                .orElseThrow(() -> new IllegalStateException(
                        "No JourneysPlugin in the engine that runs " + execution.getProcessDefinitionId()));
    }

    /** The message was handed to its channel. */
    public void sent(DelegateExecution execution, MessageRef message) {
        tell(execution, (now, entry) -> capture.source().messageSent(now, entry, message));
    }

    /** As {@link #sent(DelegateExecution, MessageRef)}, from the current node by the channel its diagram tells. */
    public void sent(DelegateExecution execution, String messageId) {
        tell(execution, (now, entry) -> capture.source().messageSent(now, entry, ofNode(execution, messageId)));
    }

    /**
     * The message could not be handed to its channel.
     *
     * @param reason for people
     */
    public void failed(DelegateExecution execution, MessageRef message, @Nullable String reason) {
        tell(execution, (now, entry) -> capture.source().messageFailed(now, entry, message, reason));
    }

    /** As {@link #failed(DelegateExecution, MessageRef, String)}, at the current node. */
    public void failed(DelegateExecution execution, String messageId, @Nullable String reason) {
        tell(execution, (now, entry) -> capture.source()
                .messageFailed(now, entry, ofNode(execution, messageId), reason));
    }

    /**
     * The current node's own outcome, counted each time.
     *
     * @param value a String or a Number, or null
     */
    public void outcome(DelegateExecution execution, String name, @Nullable Object value) {
        ExecutionEntity entity = (ExecutionEntity) execution;
        tell(execution, (now, entry) -> capture.source()
                .outcomeReached(
                        now, entry, new VisitRef(entity.getActivityId(), entity.getActivityInstanceId()), name, value));
    }

    private void tell(DelegateExecution execution, BiFunction<Instant, EntryRef, JourneyEvent> word) {
        capture.safely("a word of a delegate", execution, asked -> capture.word((ExecutionEntity) asked, word));
    }

    private static MessageRef ofNode(DelegateExecution execution, String messageId) {
        ExecutionEntity entity = (ExecutionEntity) execution;
        return new MessageRef(entity.getActivityId(), messageId, Roles.channelOf(entity.getActivity()));
    }
}
