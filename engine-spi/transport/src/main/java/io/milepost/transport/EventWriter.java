package io.milepost.transport;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.milepost.spi.EntryRef;
import io.milepost.spi.ImportReport;
import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.EntryRejected;
import io.milepost.spi.JourneyEvent.ImportFinished;
import io.milepost.spi.JourneyEvent.JourneyDefined;
import io.milepost.spi.JourneyEvent.JourneyEntered;
import io.milepost.spi.JourneyEvent.JourneyExited;
import io.milepost.spi.JourneyEvent.JourneyMigrated;
import io.milepost.spi.JourneyEvent.MessageEngaged;
import io.milepost.spi.JourneyEvent.MessageFailed;
import io.milepost.spi.JourneyEvent.MessageSent;
import io.milepost.spi.JourneyEvent.NodeEntered;
import io.milepost.spi.JourneyEvent.NodeExited;
import io.milepost.spi.JourneyEvent.OutcomeReached;
import io.milepost.spi.JourneyEvent.UserActed;
import io.milepost.spi.JourneyEvent.UserProfiled;
import io.milepost.spi.JourneyEventType;
import io.milepost.spi.MessageRef;
import io.milepost.spi.Money;
import io.milepost.spi.VisitRef;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes an event; what is absent, empty or at its default is left out. */
final class EventWriter {
    private static final SerializableString SPEC_VERSION = new SerializedString("specversion");
    private static final SerializableString ID = new SerializedString("id");
    private static final SerializableString SOURCE = new SerializedString("source");
    private static final SerializableString TYPE = new SerializedString("type");
    private static final SerializableString TIME = new SerializedString("time");
    private static final SerializableString DATA = new SerializedString("data");
    private static final SerializableString JOURNEY_ID = new SerializedString("journeyId");
    private static final SerializableString VERSION = new SerializedString("version");
    private static final SerializableString ENTRY_ID = new SerializedString("entryId");
    private static final SerializableString USER_ID = new SerializedString("userId");
    private static final SerializableString SEQUENCE = new SerializedString("sequence");
    private static final SerializableString NODE_ID = new SerializedString("nodeId");
    private static final SerializableString VISIT_ID = new SerializedString("visitId");
    private static final SerializableString[] TYPES = Arrays.stream(JourneyEventType.values())
            .map(type -> new SerializedString(type.wireName()))
            .toArray(SerializableString[]::new);

    private EventWriter() {}

    static void write(JourneyEvent event, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeFieldName(SPEC_VERSION);
        json.writeString("1.0");
        json.writeFieldName(ID);
        json.writeString(event.id());
        json.writeFieldName(SOURCE);
        json.writeString(event.source());
        json.writeFieldName(TYPE);
        json.writeString(TYPES[event.type().ordinal()]);
        json.writeFieldName(TIME);
        char[] time = new char[Times.LONGEST];
        json.writeString(time, 0, Times.write(event.time(), time));
        json.writeFieldName(DATA);
        json.writeStartObject();
        data(event, json);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void data(JourneyEvent event, JsonGenerator json) throws IOException {
        switch (event.type()) {
            case JOURNEY_DEFINED -> definition(((JourneyDefined) event).definition(), json);
            case JOURNEY_ENTERED -> journeyEntered((JourneyEntered) event, json);
            case ENTRY_REJECTED -> entryRejected((EntryRejected) event, json);
            case NODE_ENTERED -> nodeEntered((NodeEntered) event, json);
            case NODE_EXITED -> nodeExited((NodeExited) event, json);
            case MESSAGE_SENT -> message(((MessageSent) event).entry(), ((MessageSent) event).message(), json);
            case MESSAGE_FAILED -> messageFailed((MessageFailed) event, json);
            case MESSAGE_ENGAGED -> messageEngaged((MessageEngaged) event, json);
            case OUTCOME -> outcome((OutcomeReached) event, json);
            case JOURNEY_MIGRATED -> journeyMigrated((JourneyMigrated) event, json);
            case JOURNEY_EXITED -> journeyExited((JourneyExited) event, json);
            case USER_ACTED -> userActed((UserActed) event, json);
            case USER_PROFILED -> userProfiled((UserProfiled) event, json);
            case IMPORT_FINISHED -> importFinished((ImportFinished) event, json);
        }
    }

    private static void journeyEntered(JourneyEntered event, JsonGenerator json) throws IOException {
        entry(event.entry(), json);
        optionalAttributes(event.attributes(), json);
        optional("variant", event.variant(), json);
        ifTrue("test", event.test(), json);
        optional("parentEntryId", event.parentEntryId(), json);
    }

    private static void entryRejected(EntryRejected event, JsonGenerator json) throws IOException {
        required(JOURNEY_ID, event.journey().journeyId(), json);
        json.writeFieldName(VERSION);
        json.writeNumber(event.journey().version());
        optional("userId", event.userId(), json);
        json.writeStringField("reason", event.reason());
        optional("importId", event.importId(), json);
    }

    private static void nodeEntered(NodeEntered event, JsonGenerator json) throws IOException {
        entry(event.entry(), json);
        visit(event.visit(), json);
        optional("fromNodeId", event.fromNodeId(), json);
        optional("edgeId", event.edgeId(), json);
        optional("parentVisitId", event.parentVisitId(), json);
    }

    private static void nodeExited(NodeExited event, JsonGenerator json) throws IOException {
        entry(event.entry(), json);
        visit(event.visit(), json);
        optional("outcome", event.outcome(), json);
        ifTrue("cancelled", event.cancelled(), json);
    }

    private static void message(EntryRef entry, MessageRef message, JsonGenerator json) throws IOException {
        entry(entry, json);
        required(NODE_ID, message.nodeId(), json);
        json.writeStringField("messageId", message.messageId());
        json.writeStringField("channel", message.channel());
        optional("platform", message.platform(), json);
        money("cost", message.cost(), json);
    }

    private static void messageFailed(MessageFailed event, JsonGenerator json) throws IOException {
        message(event.entry(), event.message(), json);
        optional("reason", event.reason(), json);
    }

    private static void messageEngaged(MessageEngaged event, JsonGenerator json) throws IOException {
        json.writeStringField("messageId", event.messageId());
        json.writeStringField("kind", event.kind());
        optional("link", event.link(), json);
        ifTrue("machine", event.machine(), json);
    }

    private static void outcome(OutcomeReached event, JsonGenerator json) throws IOException {
        entry(event.entry(), json);
        required(NODE_ID, event.nodeId(), json);
        json.writeStringField("name", event.name());
        if (event.value() != null) {
            json.writeFieldName("value");
            scalar(event.value(), json);
        }
    }

    private static void journeyMigrated(JourneyMigrated event, JsonGenerator json) throws IOException {
        entry(event.entry(), json);
        json.writeNumberField("fromVersion", event.fromVersion());
    }

    private static void journeyExited(JourneyExited event, JsonGenerator json) throws IOException {
        entry(event.entry(), json);
        json.writeStringField("reason", event.reason().wireName());
        optional("nodeId", event.nodeId(), json);
    }

    private static void userActed(UserActed event, JsonGenerator json) throws IOException {
        required(USER_ID, event.userId(), json);
        json.writeStringField("name", event.name());
        money("value", event.value(), json);
        optionalAttributes(event.attributes(), json);
    }

    private static void userProfiled(UserProfiled event, JsonGenerator json) throws IOException {
        required(USER_ID, event.userId(), json);
        attributes(event.attributes(), json);
    }

    private static void importFinished(ImportFinished event, JsonGenerator json) throws IOException {
        ImportReport report = event.report();
        required(JOURNEY_ID, event.journeyId(), json);
        json.writeStringField("importId", report.importId());
        json.writeStringField("connection", report.connection());
        optional("file", report.file(), json);
        json.writeNumberField("total", report.total());
        json.writeNumberField("valid", report.valid());
        json.writeNumberField("invalid", report.invalid());
        if (!report.errors().isEmpty()) {
            json.writeArrayFieldStart("errors");
            for (ImportReport.RowError error : report.errors()) {
                json.writeStartObject();
                json.writeNumberField("row", error.row());
                json.writeStringField("reason", error.reason());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        optional("connectionError", report.connectionError(), json);
    }

    private static void definition(JourneyDefinition definition, JsonGenerator json) throws IOException {
        required(JOURNEY_ID, definition.journeyId(), json);
        json.writeFieldName(VERSION);
        json.writeNumber(definition.version());
        optional("name", definition.name(), json);
        list("nodes", definition.nodes(), json, node -> {
            required(ID, node.id(), json);
            optional("name", node.name(), json);
            required(TYPE, node.type(), json);
            optional("channel", node.channel(), json);
        });
        list("edges", definition.edges(), json, edge -> {
            optional("id", edge.id(), json);
            json.writeStringField("from", edge.from());
            json.writeStringField("to", edge.to());
            optional("name", edge.name(), json);
        });
        list("stages", definition.stages(), json, stage -> {
            required(ID, stage.id(), json);
            optional("name", stage.name(), json);
            json.writeArrayFieldStart("nodes");
            for (String node : stage.nodes()) {
                json.writeString(node);
            }
            json.writeEndArray();
        });
        conversion(definition, json);
        if (definition.reentry() != null) {
            json.writeBooleanField("reentry", definition.reentry());
        }
        optional("bpmn", definition.bpmn(), json);
    }

    private static void conversion(JourneyDefinition definition, JsonGenerator json) throws IOException {
        optional("conversionEvent", definition.conversionEvent(), json);
        list("conversionFilter", definition.conversionFilter(), json, condition -> {
            json.writeStringField("attribute", condition.attribute());
            json.writeStringField("op", condition.op().name().toLowerCase(Locale.ROOT));
            json.writeFieldName("value");
            scalar(condition.value(), json);
        });
        if (definition.attributionWindow() != null) {
            json.writeStringField(
                    "attributionWindow", definition.attributionWindow().toString());
        }
    }

    private static void entry(EntryRef entry, JsonGenerator json) throws IOException {
        required(JOURNEY_ID, entry.journeyId(), json);
        json.writeFieldName(VERSION);
        json.writeNumber(entry.version());
        required(ENTRY_ID, entry.entryId(), json);
        required(USER_ID, entry.userId(), json);
        if (entry.sequence() != null) {
            json.writeFieldName(SEQUENCE);
            json.writeNumber(entry.sequence());
        }
    }

    private static void visit(VisitRef visit, JsonGenerator json) throws IOException {
        required(NODE_ID, visit.nodeId(), json);
        required(VISIT_ID, visit.visitId(), json);
    }

    private static void money(String field, @Nullable Money money, JsonGenerator json) throws IOException {
        if (money != null) {
            json.writeObjectFieldStart(field);
            // As a string: exact in every language on the way.
            json.writeStringField("amount", money.amount().toPlainString());
            optional("currency", money.currency(), json);
            json.writeEndObject();
        }
    }

    private static void optionalAttributes(Map<String, Object> attributes, JsonGenerator json) throws IOException {
        if (!attributes.isEmpty()) {
            attributes(attributes, json);
        }
    }

    private static void attributes(Map<String, Object> attributes, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("attributes");
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            json.writeFieldName(attribute.getKey());
            scalar(attribute.getValue(), json);
        }
        json.writeEndObject();
    }

    private static void scalar(Object value, JsonGenerator json) throws IOException {
        if (value instanceof List<?> values) {
            json.writeStartArray();
            for (Object each : values) {
                scalar(each, json);
            }
            json.writeEndArray();
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else {
            json.writeString((String) value);
        }
    }

    private static void required(SerializableString field, String value, JsonGenerator json) throws IOException {
        json.writeFieldName(field);
        json.writeString(value);
    }

    private static void optional(String field, @Nullable String value, JsonGenerator json) throws IOException {
        if (value != null) {
            json.writeStringField(field, value);
        }
    }

    private static void ifTrue(String field, boolean value, JsonGenerator json) throws IOException {
        if (value) {
            json.writeBooleanField(field, true);
        }
    }

    private static <T> void list(String field, List<T> items, JsonGenerator json, ItemWriter<T> writer)
            throws IOException {
        if (items.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(field);
        for (T item : items) {
            json.writeStartObject();
            writer.write(item);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    @FunctionalInterface
    private interface ItemWriter<T> {
        void write(T item) throws IOException;
    }
}
