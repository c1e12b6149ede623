package io.milepost.simulator.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fate of one message. All times are milliseconds.
 *
 * @param failedAfter one for each failed try, after the arrival at the node, ascending
 * @param sentAfter after the arrival at the node; null = every try failed
 * @param refusedAfter after the sending; null = it stayed sent
 * @param reactions to the message, in no special order
 */
public record Dispatch(
        List<Long> failedAfter, @Nullable Long sentAfter, @Nullable Long refusedAfter, List<Reaction> reactions) {

    /** Time of the last try, after the arrival at the node. */
    public long lastTry() {
        return sentAfter != null ? sentAfter : failedAfter.get(failedAfter.size() - 1);
    }

    /** @param after the sending */
    public record Reaction(String kind, long after, boolean machine, @Nullable String link) {}
}
