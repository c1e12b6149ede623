package io.milepost.analytics.ingest;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.milepost.analytics.event.EventLimits;
import java.time.Duration;

/**
 * How much a client may send; named {@code milepost.ingest.max-event-bytes} and so on.
 *
 * @param maxWaitingBytes of bodies that are being read or wait to be stored; past it clients are told to come again; 0 =
 *     as {@link #room} chooses
 */
@ConfigurationProperties("milepost.ingest")
record IngestLimits(
        @Bindable(defaultValue = "65536") int maxEventBytes,
        @Bindable(defaultValue = "1048576") int maxDefinitionBytes,
        @Bindable(defaultValue = "10000") int maxBodyEvents,
        @Bindable(defaultValue = "16777216") int maxBodyBytes,
        @Bindable(defaultValue = "PT1H") Duration maxAhead,
        @Bindable(defaultValue = "0") long maxWaitingBytes) {

    /** H2 takes values of up to 1 MiB; a block of one event, packed, must fit. */
    private static final int LARGEST_EVENT = 1024 * 1024;

    private static final long MOST_ROOM = 128L * 1024 * 1024;
    private static final int HEAP_SHARE = 32;

    IngestLimits {
        requireRange("max-event-bytes", maxEventBytes, LARGEST_EVENT);
        requireRange("max-definition-bytes", maxDefinitionBytes, LARGEST_EVENT);
        requireRange("max-body-events", maxBodyEvents, Integer.MAX_VALUE);
        requireRange("max-body-bytes", maxBodyBytes, Integer.MAX_VALUE / 4);
    }

    private static void requireRange(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("milepost.ingest." + name + " must be from 1 to " + most);
        }
    }

    /** Bytes of bodies that may wait in a heap of that size: what they become on their way takes some times as much. */
    long room(long heapBytes) {
        return maxWaitingBytes > 0 ? maxWaitingBytes : Math.min(MOST_ROOM, heapBytes / HEAP_SHARE);
    }

    EventLimits ofEvents() {
        return new EventLimits(maxEventBytes, maxDefinitionBytes, maxBodyEvents, maxBodyBytes, maxAhead);
    }
}
