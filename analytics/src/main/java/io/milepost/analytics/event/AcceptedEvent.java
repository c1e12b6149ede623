package io.milepost.analytics.event;

import com.fasterxml.jackson.core.JsonParser;
import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.JourneyEventType;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One valid event in flat form: the envelope, and the fields of all types side by side, null (or 0, false) where the
 * type has none or the event left it out. Flat, because ingest and replay make one for each event of a stream.
 *
 * <p>Written by {@link EventReader} only; not to be changed by who reads it. One thread at a time.
 */
@SuppressWarnings("NullAway.Init")
public final class AcceptedEvent {

    // ---- envelope
    public JourneyEventType type;
    public String source;
    public String id;
    /** When it happened: nanoseconds since 1970-01-01T00:00:00Z. */
    public long time;
    /** 128-bit hash of (account, source, id), in two halves: the event's identity. */
    public long identityHigh;

    public long identityLow;
    /** Hash of (type, instant, data as JSON value): tells a duplicate from a conflict. */
    public int contentHash;
    /** The event exactly as received lies at [{@link #rawOffset}, {@code rawOffset + rawLength}) of these bytes. */
    public byte[] raw;

    public int rawOffset;
    public int rawLength;

    // ---- entry fields
    public @Nullable String journeyId;
    public long version;
    public @Nullable String entryId;
    public @Nullable String userId;
    /** 0 where absent. */
    public long sequence;

    // ---- nodes and visits
    public @Nullable String nodeId;
    public @Nullable String visitId;
    public @Nullable String fromNodeId;
    public @Nullable String edgeId;
    public @Nullable String parentVisitId;
    /** Of journey.node.exited. */
    public @Nullable String outcome;

    public boolean cancelled;

    // ---- entry
    public @Nullable String variant;
    public boolean test;
    public @Nullable String parentEntryId;
    /** Of journey.migrated. */
    public long fromVersion;
    /** Of journey.exited, journey.entry.rejected, journey.message.failed. */
    public @Nullable String reason;

    // ---- messages and engagements
    public @Nullable String messageId;
    public @Nullable String channel;
    public @Nullable String platform;
    public @Nullable String kind;
    public @Nullable String link;
    public boolean machine;

    // ---- amounts: cost of a message, value of a user event
    public @Nullable BigDecimal amount;
    public @Nullable String currency;

    // ---- names: outcome name, user event name
    public @Nullable String name;
    /** Of journey.outcome: a String or BigDecimal. */
    public @Nullable Object value;
    /** Values are String, BigDecimal or Boolean; null = the event had none. */
    public @Nullable Map<String, Object> attributes;
    /** Of a stored user.acted whose user was erased: what it counted for while it had attributes; null otherwise. */
    public @Nullable List<ErasedMatch> erasedMatches;

    // ---- rare types
    public @Nullable JourneyDefinition definition;
    public @Nullable ImportReport importReport;
    /** Of journey.entry.rejected and journey.import.finished. */
    public @Nullable String importId;

    /** A parser before the first token of the raw event, whose names and numbers may have any length. */
    public JsonParser json() throws IOException {
        return Json.parser(raw, rawOffset, rawLength);
    }

    /** The fields of journey.import.finished beside journeyId and importId. */
    public record ImportReport(
            String connection,
            @Nullable String file,
            long total,
            long valid,
            long invalid,
            List<ImportError> errors,
            @Nullable String connectionError) {}

    public record ImportError(long row, String reason) {}

    /** A journey's version whose conversion event this was, filters included. */
    public record ErasedMatch(String journeyId, long version) {}
}
