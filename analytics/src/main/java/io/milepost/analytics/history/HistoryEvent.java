package io.milepost.analytics.history;

import io.milepost.spi.JourneyEventType;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event as the fold sees it: numbers for names, nothing that no figure needs. Which fields mean something follows
 * from the type; -1 stands for an absent number.
 *
 * <p>Written by {@link Histories} and {@link SegmentReader} only.
 */
@SuppressWarnings("NullAway.Init")
public final class HistoryEvent {

    public JourneyEventType type;
    /** Nanoseconds since 1970-01-01T00:00:00Z. */
    public long time;

    public long sequence;
    public int source = -1;
    public Text id;
    /** Sequence of the journal block that holds the event as received. */
    public long block;

    public int entry = -1;
    public int user = -1;
    public long version;

    public int node = -1;
    public Text visit;
    public int from = -1;
    public int edge = -1;
    public int outcome = -1;
    public boolean cancelled;

    public int variant = -1;
    public boolean test;
    public int reason = -1;

    public int message = -1;
    public int channel = -1;
    public int platform = -1;
    public int kind = -1;
    public boolean machine;
    /** Of an engagement; null = none. */
    public @Nullable Text link;
    /** Of an outcome: String or BigDecimal; null = none. */
    public @Nullable Object value;

    public @Nullable BigDecimal amount;
    public int currency = -1;

    /** Of user.acted. */
    public int name = -1;
    /** Attribute number to String, BigDecimal or Boolean. */
    public Map<Integer, Object> attributes = Map.of();
    /** Of an erased user's event, whose attributes are gone: the definitions whose filters held; null = not erased. */
    public @Nullable ErasedMatches erased;

    /** Whether the event carries entry fields, and so makes its entry known. */
    public boolean ofEntry() {
        return type != JourneyEventType.MESSAGE_ENGAGED
                && type != JourneyEventType.USER_ACTED
                && type != JourneyEventType.USER_PROFILED
                && type != JourneyEventType.ENTRY_REJECTED;
    }

    public boolean isSend() {
        return type == JourneyEventType.MESSAGE_SENT || type == JourneyEventType.MESSAGE_FAILED;
    }
}
