package io.milepost.transport;

import io.milepost.spi.Diagnostics;
import io.milepost.spi.Diagnostics.Failure;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of the events: a snapshot, taken at one instant. At all times
 * {@code emitted = delivered + waiting + dropped}.
 *
 * @param emitted handed to this transport since it was built, and the {@code recovered}
 * @param recovered of these, found in the spool at the start: emitted by an earlier run
 * @param delivered taken by analytics, as new or as duplicates
 * @param duplicates of these, the ones analytics knew already
 * @param waiting in the queue, in the spool or in a request
 * @param dropped given up, by reason
 * @param tornBytes cut off the spool at the start: an unfinished write of an earlier run, of events that were counted by
 *     nobody
 * @since 0.1
 */
public record Delivery(
        long emitted,
        long recovered,
        long delivered,
        long duplicates,
        long waiting,
        Map<DropReason, Long> dropped,
        long tornBytes,
        @Nullable Failure lastFailure) {
    public Delivery {
        dropped = Map.copyOf(dropped);
    }

    public long dropped(DropReason reason) {
        return dropped.getOrDefault(reason, 0L);
    }

    /** Events given up for any reason. */
    public long droppedInAll() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The same by name: those of {@link Diagnostics}, {@code recovered}, {@code duplicates}, {@code dropped.<reason>}, {@code torn.bytes}. */
    public Diagnostics diagnostics() {
        Map<String, Long> counters = new TreeMap<>();
        counters.put(Diagnostics.EMITTED, emitted);
        counters.put("recovered", recovered);
        counters.put(Diagnostics.DELIVERED, delivered);
        counters.put("duplicates", duplicates);
        counters.put(Diagnostics.WAITING, waiting);
        counters.put(Diagnostics.DROPPED, droppedInAll());
        dropped.forEach((reason, count) -> counters.put(Diagnostics.DROPPED + "." + reason.wireName(), count));
        counters.put("torn.bytes", tornBytes);
        return new Diagnostics(counters, lastFailure);
    }
}
