package io.milepost.transport;

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
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes an event; what is absent, empty or at its default is left out. */
final class EventWriter {
    private static final byte[] SPEC_VERSION = JsonBytes.field("specversion");
    private static final byte[] ONE = JsonBytes.ascii("\"1.0\"");
    private static final byte[] ID = JsonBytes.field("id");
    private static final byte[] SOURCE = JsonBytes.field("source");
    private static final byte[] TYPE = JsonBytes.field("type");
    private static final byte[] TIME = JsonBytes.field("time");
    private static final byte[] DATA = JsonBytes.field("data");
    private static final byte[] JOURNEY_ID = JsonBytes.field("journeyId");
    private static final byte[] VERSION = JsonBytes.field("version");
    private static final byte[] ENTRY_ID = JsonBytes.field("entryId");
    private static final byte[] USER_ID = JsonBytes.field("userId");
    private static final byte[] SEQUENCE = JsonBytes.field("sequence");
    private static final byte[] NODE_ID = JsonBytes.field("nodeId");
    private static final byte[] VISIT_ID = JsonBytes.field("visitId");
    private static final byte[][] TYPES = Arrays.stream(JourneyEventType.values())
            .map(type -> JsonBytes.ascii('"' + type.wireName() + '"'))
            .toArray(byte[][]::new);

    private EventWriter() {}

    static void write(JourneyEvent event, JsonBytes json) {
        json.startObject();
        json.name(SPEC_VERSION);
        json.value(ONE);
        json.name(ID);
        json.text(event.id());
        json.name(SOURCE);
        json.text(event.source());
        json.name(TYPE);
        json.value(TYPES[event.type().ordinal()]);
        json.name(TIME);
        json.time(event.time());
        json.name(DATA);
        json.startObject();
        data(event, json);
        json.endObject();
        json.endObject();
    }

    private static void data(JourneyEvent event, JsonBytes json) {
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

    private static void journeyEntered(JourneyEntered event, JsonBytes json) {
        entry(event.entry(), json);
        optionalAttributes(event.attributes(), json);
        optional("variant", event.variant(), json);
        ifTrue("test", event.test(), json);
        optional("parentEntryId", event.parentEntryId(), json);
    }

    private static void entryRejected(EntryRejected event, JsonBytes json) {
        required(JOURNEY_ID, event.journey().journeyId(), json);
        json.name(VERSION);
        json.number(event.journey().version());
        optional("userId", event.userId(), json);
        required("reason", event.reason(), json);
        optional("importId", event.importId(), json);
    }

    private static void nodeEntered(NodeEntered event, JsonBytes json) {
        entry(event.entry(), json);
        visit(event.visit(), json);
        optional("fromNodeId", event.fromNodeId(), json);
        optional("edgeId", event.edgeId(), json);
        optional("parentVisitId", event.parentVisitId(), json);
    }

    private static void nodeExited(NodeExited event, JsonBytes json) {
        entry(event.entry(), json);
        visit(event.visit(), json);
        optional("outcome", event.outcome(), json);
        ifTrue("cancelled", event.cancelled(), json);
    }

    private static void message(EntryRef entry, MessageRef message, JsonBytes json) {
        entry(entry, json);
        required(NODE_ID, message.nodeId(), json);
        required("messageId", message.messageId(), json);
        required("channel", message.channel(), json);
        optional("platform", message.platform(), json);
        money("cost", message.cost(), json);
    }

    private static void messageFailed(MessageFailed event, JsonBytes json) {
        message(event.entry(), event.message(), json);
        optional("reason", event.reason(), json);
    }

    private static void messageEngaged(MessageEngaged event, JsonBytes json) {
        required("messageId", event.messageId(), json);
        required("kind", event.kind(), json);
        optional("link", event.link(), json);
        ifTrue("machine", event.machine(), json);
    }

    private static void outcome(OutcomeReached event, JsonBytes json) {
        entry(event.entry(), json);
        required(NODE_ID, event.nodeId(), json);
        required("name", event.name(), json);
        if (event.value() != null) {
            json.name("value");
            scalar(event.value(), json);
        }
    }

    private static void journeyMigrated(JourneyMigrated event, JsonBytes json) {
        entry(event.entry(), json);
        json.name("fromVersion");
        json.number(event.fromVersion());
    }

    private static void journeyExited(JourneyExited event, JsonBytes json) {
        entry(event.entry(), json);
        required("reason", event.reason().wireName(), json);
        optional("nodeId", event.nodeId(), json);
    }

    private static void userActed(UserActed event, JsonBytes json) {
        required(USER_ID, event.userId(), json);
        required("name", event.name(), json);
        money("value", event.value(), json);
        optionalAttributes(event.attributes(), json);
    }

    private static void userProfiled(UserProfiled event, JsonBytes json) {
        required(USER_ID, event.userId(), json);
        attributes(event.attributes(), json);
    }

    private static void importFinished(ImportFinished event, JsonBytes json) {
        ImportReport report = event.report();
        required(JOURNEY_ID, event.journeyId(), json);
        required("importId", report.importId(), json);
        required("connection", report.connection(), json);
        optional("file", report.file(), json);
        json.name("total");
        json.number(report.total());
        json.name("valid");
        json.number(report.valid());
        json.name("invalid");
        json.number(report.invalid());
        if (!report.errors().isEmpty()) {
            json.name("errors");
            json.startArray();
            for (ImportReport.RowError error : report.errors()) {
                json.startObject();
                json.name("row");
                json.number(error.row());
                required("reason", error.reason(), json);
                json.endObject();
            }
            json.endArray();
        }
        optional("connectionError", report.connectionError(), json);
    }

    private static void definition(JourneyDefinition definition, JsonBytes json) {
        required(JOURNEY_ID, definition.journeyId(), json);
        json.name(VERSION);
        json.number(definition.version());
        optional("name", definition.name(), json);
        list("nodes", definition.nodes(), json, node -> {
            required(ID, node.id(), json);
            optional("name", node.name(), json);
            required(TYPE, node.type(), json);
            optional("channel", node.channel(), json);
        });
        list("edges", definition.edges(), json, edge -> {
            optional("id", edge.id(), json);
            required("from", edge.from(), json);
            required("to", edge.to(), json);
            optional("name", edge.name(), json);
        });
        list("stages", definition.stages(), json, stage -> {
            required(ID, stage.id(), json);
            optional("name", stage.name(), json);
            json.name("nodes");
            json.startArray();
            for (String node : stage.nodes()) {
                json.text(node);
            }
            json.endArray();
        });
        conversion(definition, json);
        if (definition.reentry() != null) {
            json.name("reentry");
            json.truth(definition.reentry());
        }
        optional("bpmn", definition.bpmn(), json);
    }

    private static void conversion(JourneyDefinition definition, JsonBytes json) {
        optional("conversionEvent", definition.conversionEvent(), json);
        list("conversionFilter", definition.conversionFilter(), json, condition -> {
            required("attribute", condition.attribute(), json);
            required("op", condition.op().name().toLowerCase(Locale.ROOT), json);
            json.name("value");
            scalar(condition.value(), json);
        });
        if (definition.attributionWindow() != null) {
            required("attributionWindow", definition.attributionWindow().toString(), json);
        }
    }

    private static void entry(EntryRef entry, JsonBytes json) {
        required(JOURNEY_ID, entry.journeyId(), json);
        json.name(VERSION);
        json.number(entry.version());
        required(ENTRY_ID, entry.entryId(), json);
        required(USER_ID, entry.userId(), json);
        if (entry.sequence() != null) {
            json.name(SEQUENCE);
            json.number(entry.sequence());
        }
    }

    private static void visit(VisitRef visit, JsonBytes json) {
        required(NODE_ID, visit.nodeId(), json);
        required(VISIT_ID, visit.visitId(), json);
    }

    private static void money(String field, @Nullable Money money, JsonBytes json) {
        if (money != null) {
            json.name(field);
            json.startObject();
            // As a string: exact in every language on the way.
            required("amount", money.amount().toPlainString(), json);
            optional("currency", money.currency(), json);
            json.endObject();
        }
    }

    private static void optionalAttributes(Map<String, Object> attributes, JsonBytes json) {
        if (!attributes.isEmpty()) {
            attributes(attributes, json);
        }
    }

    private static void attributes(Map<String, Object> attributes, JsonBytes json) {
        json.name("attributes");
        json.startObject();
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            json.name(attribute.getKey());
            scalar(attribute.getValue(), json);
        }
        json.endObject();
    }

    private static void scalar(Object value, JsonBytes json) {
        if (value instanceof List<?> values) {
            json.startArray();
            for (Object each : values) {
                scalar(each, json);
            }
            json.endArray();
        } else if (value instanceof BigDecimal number) {
            json.number(number);
        } else if (value instanceof Boolean truth) {
            json.truth(truth);
        } else {
            json.text((String) value);
        }
    }

    private static void required(byte[] field, String value, JsonBytes json) {
        json.name(field);
        json.text(value);
    }

    private static void required(String field, String value, JsonBytes json) {
        json.name(field);
        json.text(value);
    }

    private static void optional(String field, @Nullable String value, JsonBytes json) {
        if (value != null) {
            required(field, value, json);
        }
    }

    private static void ifTrue(String field, boolean value, JsonBytes json) {
        if (value) {
            json.name(field);
            json.truth(true);
        }
    }

    private static <T> void list(String field, List<T> items, JsonBytes json, ItemWriter<T> writer) {
        if (items.isEmpty()) {
            return;
        }
        json.name(field);
        json.startArray();
        for (T item : items) {
            json.startObject();
            writer.write(item);
            json.endObject();
        }
        json.endArray();
    }

    @FunctionalInterface
    private interface ItemWriter<T> {
        void write(T item);
    }
}
