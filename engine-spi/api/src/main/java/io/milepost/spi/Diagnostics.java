package io.milepost.spi;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a part of the way did so far, for health pages, metrics and the kit: an immutable snapshot.
 *
 * @param counters by name, since the part was made; none is ever negative
 * @param lastFailure null = there was none
 * @since 0.1
 */
public record Diagnostics(Map<String, Long> counters, @Nullable Failure lastFailure) {
    /** Batches a sink threw on. */
    public static final String FAILED_BATCHES = "failed.batches";
    /** Events of those batches. */
    public static final String FAILED_EVENTS = "failed.events";
    /** Events handed to a sink. */
    public static final String EMITTED = "emitted";
    /** Events analytics has answered for. */
    public static final String DELIVERED = "delivered";
    /** Events on their way. */
    public static final String WAITING = "waiting";
    /** Events given up, in all; {@code dropped.<reason>} tells why. */
    public static final String DROPPED = "dropped";

    public static final Diagnostics NONE = new Diagnostics(Map.of(), null);

    public Diagnostics {
        counters = Map.copyOf(counters);
    }

    /** The counter's value, 0 where nothing was counted. */
    public long count(String counter) {
        return counters.getOrDefault(counter, 0L);
    }

    /** Both together: counters added, the later of the failures. */
    public Diagnostics plus(Diagnostics other) {
        Map<String, Long> sum = new TreeMap<>(counters);
        other.counters.forEach((name, count) -> sum.merge(name, count, Long::sum));
        return new Diagnostics(sum, later(lastFailure, other.lastFailure));
    }

    private static @Nullable Failure later(@Nullable Failure a, @Nullable Failure b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return b.at().isBefore(a.at()) ? a : b;
    }

    /**
     * Something went wrong and was survived.
     *
     * @param doing what, in a word or two
     * @since 0.1
     */
    public record Failure(Instant at, String doing, Throwable cause) {}
}
