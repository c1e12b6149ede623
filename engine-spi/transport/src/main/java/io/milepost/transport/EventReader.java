package io.milepost.transport;

import com.fasterxml.jackson.core.JsonParser;
import io.milepost.spi.EntryRef;
import io.milepost.spi.Envelope;
import io.milepost.spi.ExitReason;
import io.milepost.spi.ImportReport;
import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventType;
import io.milepost.spi.JourneyRef;
import io.milepost.spi.MessageRef;
import io.milepost.spi.Money;
import io.milepost.spi.VisitRef;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads an event; unknown fields are ignored, null is absent. */
final class EventReader {
    private EventReader() {}

    static JourneyEvent read(JsonParser json) throws IOException {
        JsonFields event = JsonFields.read(json);
        if (!"1.0".equals(event.text("specversion"))) {
            throw new IllegalArgumentException("specversion must be \"1.0\"");
        }
        JourneyEventType type = JourneyEventType.ofWireName(event.text("type"));
        if (type == null) {
            throw new IllegalArgumentException("type must be one of the vocabulary");
        }
        Envelope envelope = new Envelope(event.text("source"), event.text("id"), time(event.text("time")));
        return of(type, envelope, event.object("data"));
    }

    private static JourneyEvent of(JourneyEventType type, Envelope envelope, JsonFields data) {
        return switch (type) {
            case JOURNEY_DEFINED -> new JourneyEvent.JourneyDefined(envelope, definition(data));
            case JOURNEY_ENTERED ->
                new JourneyEvent.JourneyEntered(
                        envelope,
                        entry(data),
                        data.attributes(),
                        data.optionalText("variant"),
                        data.truth("test"),
                        data.optionalText("parentEntryId"));
            case ENTRY_REJECTED ->
                new JourneyEvent.EntryRejected(
                        envelope,
                        new JourneyRef(data.text("journeyId"), data.whole("version")),
                        data.optionalText("userId"),
                        data.text("reason"),
                        data.optionalText("importId"));
            case NODE_ENTERED ->
                new JourneyEvent.NodeEntered(
                        envelope,
                        entry(data),
                        visit(data),
                        data.optionalText("fromNodeId"),
                        data.optionalText("edgeId"),
                        data.optionalText("parentVisitId"));
            case NODE_EXITED ->
                new JourneyEvent.NodeExited(
                        envelope, entry(data), visit(data), data.optionalText("outcome"), data.truth("cancelled"));
            case MESSAGE_SENT -> new JourneyEvent.MessageSent(envelope, entry(data), message(data));
            case MESSAGE_FAILED ->
                new JourneyEvent.MessageFailed(envelope, entry(data), message(data), data.optionalText("reason"));
            case MESSAGE_ENGAGED ->
                new JourneyEvent.MessageEngaged(
                        envelope,
                        data.text("messageId"),
                        data.text("kind"),
                        data.optionalText("link"),
                        data.truth("machine"));
            case OUTCOME ->
                new JourneyEvent.OutcomeReached(
                        envelope, entry(data), data.text("nodeId"), data.text("name"), data.any("value"));
            case JOURNEY_MIGRATED -> new JourneyEvent.JourneyMigrated(envelope, entry(data), data.whole("fromVersion"));
            case JOURNEY_EXITED ->
                new JourneyEvent.JourneyExited(
                        envelope, entry(data), exitReason(data.text("reason")), data.optionalText("nodeId"));
            case USER_ACTED ->
                new JourneyEvent.UserActed(
                        envelope, data.text("userId"), data.text("name"), money(data, "value"), data.attributes());
            case USER_PROFILED ->
                new JourneyEvent.UserProfiled(
                        envelope, data.text("userId"), data.object("attributes").flat());
            case IMPORT_FINISHED ->
                new JourneyEvent.ImportFinished(envelope, data.text("journeyId"), importReport(data));
        };
    }

    private static EntryRef entry(JsonFields data) {
        return new EntryRef(
                data.text("journeyId"),
                data.whole("version"),
                data.text("entryId"),
                data.text("userId"),
                data.optionalWhole("sequence"));
    }

    private static VisitRef visit(JsonFields data) {
        return new VisitRef(data.text("nodeId"), data.text("visitId"));
    }

    private static MessageRef message(JsonFields data) {
        return new MessageRef(
                data.text("nodeId"),
                data.text("messageId"),
                data.text("channel"),
                data.optionalText("platform"),
                money(data, "cost"));
    }

    private static @Nullable Money money(JsonFields data, String field) {
        JsonFields money = data.optionalObject(field);
        if (money == null) {
            return null;
        }
        Object amount = money.any("amount");
        if (amount instanceof BigDecimal number) {
            return new Money(number, money.optionalText("currency"));
        }
        return Money.of(money.text("amount"), money.optionalText("currency"));
    }

    private static ImportReport importReport(JsonFields data) {
        return new ImportReport(
                data.text("importId"),
                data.text("connection"),
                data.optionalText("file"),
                data.whole("total"),
                data.whole("valid"),
                data.whole("invalid"),
                data.objects("errors").stream()
                        .map(error -> new ImportReport.RowError(error.whole("row"), error.text("reason")))
                        .toList(),
                data.optionalText("connectionError"));
    }

    private static JourneyDefinition definition(JsonFields data) {
        return new JourneyDefinition(
                data.text("journeyId"),
                data.whole("version"),
                data.optionalText("name"),
                data.objects("nodes").stream()
                        .map(node -> new JourneyDefinition.Node(
                                node.text("id"),
                                node.optionalText("name"),
                                node.text("type"),
                                node.optionalText("channel")))
                        .toList(),
                data.objects("edges").stream()
                        .map(edge -> new JourneyDefinition.Edge(
                                edge.optionalText("id"), edge.text("from"), edge.text("to"), edge.optionalText("name")))
                        .toList(),
                data.objects("stages").stream()
                        .map(stage -> new JourneyDefinition.Stage(
                                stage.text("id"), stage.optionalText("name"), stage.texts("nodes")))
                        .toList(),
                data.optionalText("conversionEvent"),
                conditions(data.objects("conversionFilter")),
                window(data.optionalText("attributionWindow")),
                data.optionalTruth("reentry"),
                data.optionalText("bpmn"));
    }

    private static List<JourneyDefinition.Condition> conditions(List<JsonFields> conditions) {
        return conditions.stream()
                .map(condition -> new JourneyDefinition.Condition(
                        condition.text("attribute"), operator(condition.text("op")), condition.required("value")))
                .toList();
    }

    private static JourneyDefinition.Operator operator(String op) {
        for (JourneyDefinition.Operator operator : JourneyDefinition.Operator.values()) {
            if (operator.name().toLowerCase(Locale.ROOT).equals(op)) {
                return operator;
            }
        }
        throw new IllegalArgumentException("op must be one of eq, ne, gt, gte, lt, lte, in");
    }

    private static ExitReason exitReason(String reason) {
        ExitReason known = ExitReason.ofWireName(reason);
        if (known == null) {
            throw new IllegalArgumentException("reason must be completed, cancelled, expired, failed or goal");
        }
        return known;
    }

    private static Instant time(String time) {
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("time must be an RFC 3339 instant with an offset", e);
        }
    }

    private static @Nullable Duration window(@Nullable String window) {
        try {
            return window == null ? null : Duration.parse(window);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("attributionWindow must be a duration such as P1DT12H", e);
        }
    }
}
