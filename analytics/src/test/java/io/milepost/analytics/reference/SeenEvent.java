package io.milepost.analytics.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One accepted event as it came, with its envelope read. Ordered canonically. */
record SeenEvent(String type, String source, String id, Instant time, long sequence, JsonNode data)
        implements Comparable<SeenEvent> {

    static final Comparator<String> CODE_POINTS =
            (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

    private static final Set<String> WITH_ENTRY_FIELDS = Set.of(
            "journey.entered",
            "journey.node.entered",
            "journey.node.exited",
            "journey.message.sent",
            "journey.message.failed",
            "journey.outcome",
            "journey.migrated",
            "journey.exited");

    private static final Comparator<SeenEvent> CANONICAL = Comparator.comparing(SeenEvent::time)
            .thenComparingLong(SeenEvent::sequence)
            .thenComparing(SeenEvent::source, CODE_POINTS)
            .thenComparing(SeenEvent::id, CODE_POINTS);

    record Identity(String source, String id) {}

    static SeenEvent parse(String json) {
        JsonNode event = Json.parse(json);
        JsonNode data = event.path("data");
        String type = event.path("type").asText();
        long sequence = WITH_ENTRY_FIELDS.contains(type) ? data.path("sequence").asLong(0) : 0;
        Instant time = OffsetDateTime.parse(event.path("time").asText()).toInstant();
        return new SeenEvent(
                type, event.path("source").asText(), event.path("id").asText(), time, sequence, data);
    }

    Identity identity() {
        return new Identity(source, id);
    }

    boolean is(String name) {
        return type.equals(name);
    }

    boolean hasEntryFields() {
        return WITH_ENTRY_FIELDS.contains(type);
    }

    String text(String field) {
        String value = optional(field);
        if (value == null) {
            throw new IllegalArgumentException(type + " " + id + " has no " + field);
        }
        return value;
    }

    @Nullable
    String optional(String field) {
        return text(data, field);
    }

    boolean flag(String field) {
        return data.path(field).asBoolean(false);
    }

    long version() {
        return data.path("version").asLong();
    }

    /** The amount of {@code cost} or {@code value}, or null where the event names none. */
    @Nullable
    BigDecimal amount(String field) {
        JsonNode money = data.path(field);
        return money.path("amount").isMissingNode()
                ? null
                : new BigDecimal(money.path("amount").asText());
    }

    @Nullable
    String currency(String field) {
        return text(data.path(field), "currency");
    }

    static @Nullable String text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }

    @Override
    public int compareTo(SeenEvent other) {
        return CANONICAL.compare(this, other);
    }
}
