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
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes events; what is absent, empty or at its default is left out. Events of a transaction share most of what they say:
 * what the one before said too is copied. One thread at a time.
 */
final class EventWriter {
    private static final byte[] HEAD = JsonBytes.ascii("{\"specversion\":\"1.0\",\"id\":");
    private static final byte[] SOURCE = JsonBytes.field("source");
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
            .map(type -> JsonBytes.ascii("\"type\":\"" + type.wireName() + '"'))
            .toArray(byte[][]::new);

    private final JsonBytes json;
    private final Repeated<String> source = new Repeated<>();
    private final Repeated<Instant> time = new Repeated<>();
    private final Repeated<EntryRef> entry = new Repeated<>();
    private final Repeated<VisitRef> visit = new Repeated<>();

    /** @param json that others read, and nobody else writes but line ends */
    EventWriter(JsonBytes json) {
        this.json = json;
    }

    void write(JourneyEvent event) {
        json.start(HEAD);
        json.text(event.id());
        source(event.source());
        json.value(TYPES[event.type().ordinal()]);
        time(event.time());
        json.name(DATA);
        json.startObject();
        data(event);
        json.endObject();
        json.endObject();
    }

    /** Forgets all that was written behind that. */
    void resize(int length) {
        json.resize(length);
        source.forget();
        time.forget();
        entry.forget();
        visit.forget();
    }

    private void source(String uri) {
        if (!source.again(uri)) {
            int from = json.size();
            required(SOURCE, uri);
            source.wrote(uri, from);
        }
    }

    private void time(Instant instant) {
        if (!time.again(instant)) {
            int from = json.size();
            json.name(TIME);
            json.time(instant);
            time.wrote(instant, from);
        }
    }

    private void data(JourneyEvent event) {
        switch (event.type()) {
            case JOURNEY_DEFINED -> definition(((JourneyDefined) event).definition());
            case JOURNEY_ENTERED -> journeyEntered((JourneyEntered) event);
            case ENTRY_REJECTED -> entryRejected((EntryRejected) event);
            case NODE_ENTERED -> nodeEntered((NodeEntered) event);
            case NODE_EXITED -> nodeExited((NodeExited) event);
            case MESSAGE_SENT -> message(((MessageSent) event).entry(), ((MessageSent) event).message());
            case MESSAGE_FAILED -> messageFailed((MessageFailed) event);
            case MESSAGE_ENGAGED -> messageEngaged((MessageEngaged) event);
            case OUTCOME -> outcome((OutcomeReached) event);
            case JOURNEY_MIGRATED -> journeyMigrated((JourneyMigrated) event);
            case JOURNEY_EXITED -> journeyExited((JourneyExited) event);
            case USER_ACTED -> userActed((UserActed) event);
            case USER_PROFILED -> userProfiled((UserProfiled) event);
            case IMPORT_FINISHED -> importFinished((ImportFinished) event);
        }
    }

    private void journeyEntered(JourneyEntered event) {
        entry(event.entry());
        optionalAttributes(event.attributes());
        optional("variant", event.variant());
        ifTrue("test", event.test());
        optional("parentEntryId", event.parentEntryId());
    }

    private void entryRejected(EntryRejected event) {
        required(JOURNEY_ID, event.journey().journeyId());
        json.name(VERSION);
        json.number(event.journey().version());
        optional("userId", event.userId());
        required("reason", event.reason());
        optional("importId", event.importId());
    }

    private void nodeEntered(NodeEntered event) {
        entry(event.entry());
        visit(event.visit());
        optional("fromNodeId", event.fromNodeId());
        optional("edgeId", event.edgeId());
        optional("parentVisitId", event.parentVisitId());
    }

    private void nodeExited(NodeExited event) {
        entry(event.entry());
        visit(event.visit());
        optional("outcome", event.outcome());
        ifTrue("cancelled", event.cancelled());
    }

    private void message(EntryRef entry, MessageRef message) {
        entry(entry);
        required(NODE_ID, message.nodeId());
        required("messageId", message.messageId());
        required("channel", message.channel());
        optional("platform", message.platform());
        money("cost", message.cost());
    }

    private void messageFailed(MessageFailed event) {
        message(event.entry(), event.message());
        optional("reason", event.reason());
    }

    private void messageEngaged(MessageEngaged event) {
        required("messageId", event.messageId());
        required("kind", event.kind());
        optional("link", event.link());
        ifTrue("machine", event.machine());
    }

    private void outcome(OutcomeReached event) {
        entry(event.entry());
        required(NODE_ID, event.nodeId());
        required("name", event.name());
        if (event.value() != null) {
            json.name("value");
            scalar(event.value());
        }
    }

    private void journeyMigrated(JourneyMigrated event) {
        entry(event.entry());
        json.name("fromVersion");
        json.number(event.fromVersion());
    }

    private void journeyExited(JourneyExited event) {
        entry(event.entry());
        required("reason", event.reason().wireName());
        optional("nodeId", event.nodeId());
    }

    private void userActed(UserActed event) {
        required(USER_ID, event.userId());
        required("name", event.name());
        money("value", event.value());
        optionalAttributes(event.attributes());
    }

    private void userProfiled(UserProfiled event) {
        required(USER_ID, event.userId());
        attributes(event.attributes());
    }

    private void importFinished(ImportFinished event) {
        ImportReport report = event.report();
        required(JOURNEY_ID, event.journeyId());
        required("importId", report.importId());
        required("connection", report.connection());
        optional("file", report.file());
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
                required("reason", error.reason());
                json.endObject();
            }
            json.endArray();
        }
        optional("connectionError", report.connectionError());
    }

    private void definition(JourneyDefinition definition) {
        required(JOURNEY_ID, definition.journeyId());
        json.name(VERSION);
        json.number(definition.version());
        optional("name", definition.name());
        list("nodes", definition.nodes(), node -> {
            required("id", node.id());
            optional("name", node.name());
            required("type", node.type());
            optional("channel", node.channel());
        });
        list("edges", definition.edges(), edge -> {
            optional("id", edge.id());
            required("from", edge.from());
            required("to", edge.to());
            optional("name", edge.name());
        });
        list("stages", definition.stages(), stage -> {
            required("id", stage.id());
            optional("name", stage.name());
            json.name("nodes");
            json.startArray();
            for (String node : stage.nodes()) {
                json.text(node);
            }
            json.endArray();
        });
        conversion(definition);
        if (definition.reentry() != null) {
            json.name("reentry");
            json.truth(definition.reentry());
        }
        optional("bpmn", definition.bpmn());
    }

    private void conversion(JourneyDefinition definition) {
        optional("conversionEvent", definition.conversionEvent());
        list("conversionFilter", definition.conversionFilter(), condition -> {
            required("attribute", condition.attribute());
            required("op", condition.op().name().toLowerCase(Locale.ROOT));
            json.name("value");
            scalar(condition.value());
        });
        if (definition.attributionWindow() != null) {
            required("attributionWindow", definition.attributionWindow().toString());
        }
    }

    private void entry(EntryRef of) {
        EntryRef last = entry.last();
        if (last == null || !isSame(last, of) || !entry.again(last)) {
            int from = json.size();
            required(JOURNEY_ID, of.journeyId());
            json.name(VERSION);
            json.number(of.version());
            required(ENTRY_ID, of.entryId());
            required(USER_ID, of.userId());
            entry.wrote(of, from);
        }
        if (of.sequence() != null) {
            json.name(SEQUENCE);
            json.number(of.sequence());
        }
    }

    /** But for its place. */
    private static boolean isSame(EntryRef one, EntryRef other) {
        return one.entryId().equals(other.entryId())
                && one.userId().equals(other.userId())
                && one.journeyId().equals(other.journeyId())
                && one.version() == other.version();
    }

    private void visit(VisitRef of) {
        if (!visit.again(of)) {
            int from = json.size();
            required(NODE_ID, of.nodeId());
            required(VISIT_ID, of.visitId());
            visit.wrote(of, from);
        }
    }

    private void money(String field, @Nullable Money money) {
        if (money != null) {
            json.name(field);
            json.startObject();
            // As a string: exact in every language on the way.
            required("amount", money.amount().toPlainString());
            optional("currency", money.currency());
            json.endObject();
        }
    }

    private void optionalAttributes(Map<String, Object> attributes) {
        if (!attributes.isEmpty()) {
            attributes(attributes);
        }
    }

    private void attributes(Map<String, Object> attributes) {
        json.name("attributes");
        json.startObject();
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            json.name(attribute.getKey());
            scalar(attribute.getValue());
        }
        json.endObject();
    }

    private void scalar(Object value) {
        if (value instanceof List<?> values) {
            json.startArray();
            for (Object each : values) {
                scalar(each);
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

    private void required(byte[] field, String value) {
        json.name(field);
        json.text(value);
    }

    private void required(String field, String value) {
        json.name(field);
        json.text(value);
    }

    private void optional(String field, @Nullable String value) {
        if (value != null) {
            required(field, value);
        }
    }

    private void ifTrue(String field, boolean value) {
        if (value) {
            json.name(field);
            json.truth(true);
        }
    }

    private <T> void list(String field, List<T> items, ItemWriter<T> writer) {
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

    /** What was written last of its kind, and where: to be copied while it is the same. */
    private final class Repeated<T> {
        private @Nullable T last;
        private int from;
        private int to;

        @Nullable
        T last() {
            return last;
        }

        /** False if another one, or none, was written last. */
        boolean again(T value) {
            if (!value.equals(last)) {
                return false;
            }
            json.again(from, to);
            return true;
        }

        /** From there to the end. */
        void wrote(T value, int start) {
            last = value;
            from = start;
            to = json.size();
        }

        void forget() {
            last = null;
        }
    }
}
