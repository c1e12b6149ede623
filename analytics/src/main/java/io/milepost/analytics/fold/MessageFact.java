package io.milepost.analytics.fold;

import io.milepost.analytics.history.Text;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message and what was done with it.
 *
 * @param sent its final status: sent, else failed
 * @param time of the latest of its sent and failed events
 * @param platform -1 = not said
 * @param cost null = none
 * @param currency -1 = no cost
 * @param reason of a failure, -1 = none given
 */
public record MessageFact(
        int message,
        int node,
        boolean sent,
        long time,
        int channel,
        int platform,
        @Nullable BigDecimal cost,
        int currency,
        int reason,
        List<Engagement> engagements) {

    /**
     * One engagement.
     *
     * @param machine a bot, scanner or privacy proxy did it
     * @param link null = none
     */
    public record Engagement(int kind, boolean machine, long time, @Nullable Text link) {}
}
