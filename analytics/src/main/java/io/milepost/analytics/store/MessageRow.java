package io.milepost.analytics.store;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as a row.
 *
 * @param wanders whether its sends name several entries, so that it may have been another entry's
 * @param engagements how many by kind, without those of machines
 * @param machineEngagements of whichever kind
 */
public record MessageRow(
        String messageId,
        boolean wanders,
        String nodeId,
        boolean sent,
        long statusAt,
        String channel,
        @Nullable String platform,
        @Nullable BigDecimal cost,
        @Nullable String currency,
        @Nullable String failureReason,
        Map<String, Integer> engagements,
        int machineEngagements) {

    public MessageRow {
        engagements = Map.copyOf(engagements);
    }
}
