package io.milepost.analytics.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.JourneyDefinition.Condition;
import io.milepost.spi.JourneyDefinition.Edge;
import io.milepost.spi.JourneyDefinition.Node;
import io.milepost.spi.JourneyDefinition.Operator;
import io.milepost.spi.JourneyDefinition.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the fields of {@code journey.defined}. */
final class DefinitionReader {

    private static final List<String> NODE_TYPES = List.of(
            "trigger",
            "send",
            "wait",
            "wait-for-event",
            "decision",
            "split",
            "join",
            "update",
            "webhook",
            "menu",
            "goal",
            "exit",
            "custom");
    private static final List<String> OPERATORS = List.of("eq", "ne", "gt", "gte", "lt", "lte", "in");

    private final Values values;
    private final JsonParser parser;
    private Draft draft = new Draft();

    DefinitionReader(Values values, JsonParser parser) {
        this.values = values;
        this.parser = parser;
    }

    private static final class Draft {
        private @Nullable String name;
        private List<Node> nodes = List.of();
        private List<Edge> edges = List.of();
        private List<Stage> stages = List.of();
        private @Nullable String conversionEvent;
        private List<Condition> conversionFilter = List.of();
        private @Nullable Duration attributionWindow;
        private @Nullable Boolean reentry;
        private @Nullable String bpmn;
    }

    void begin() {
        draft = new Draft();
    }

    void read(DataField field, String name) throws IOException, Fault {
        switch (field) {
            case NAME -> draft.name = values.text(name);
            case NODES -> draft.nodes = values.list(name, this::node);
            case EDGES -> draft.edges = values.list(name, this::edge);
            case STAGES -> draft.stages = values.list(name, this::stage);
            case CONVERSION_EVENT -> draft.conversionEvent = values.text(name);
            case CONVERSION_FILTER -> draft.conversionFilter = values.list(name, this::condition);
            case ATTRIBUTION_WINDOW -> draft.attributionWindow = Window.parse(name, values.text(name));
            case REENTRY -> draft.reentry = values.bool(name);
            case BPMN -> draft.bpmn = values.text(name);
            default -> throw new IllegalArgumentException(field + " is no field of a definition");
        }
    }

    JourneyDefinition finish(@Nullable String journeyId, long version) {
        return new JourneyDefinition(
                Objects.requireNonNull(journeyId),
                version,
                draft.name,
                draft.nodes,
                draft.edges,
                draft.stages,
                draft.conversionEvent,
                draft.conversionFilter,
                draft.attributionWindow,
                draft.reentry,
                draft.bpmn);
    }

    private Node node() throws IOException, Fault {
        Parts parts = new Parts();
        values.object(null, name -> switch (name) {
            case "id" -> parts.put(name, values.identifier(name));
            case "name" -> parts.put(name, values.text(name));
            case "type" -> parts.put(name, values.oneOf(name, NODE_TYPES));
            case "channel" -> parts.put(name, values.word(name));
            default -> false;
        });
        return new Node(parts.required("id"), parts.text("name"), parts.required("type"), parts.text("channel"));
    }

    private Edge edge() throws IOException, Fault {
        Parts parts = new Parts();
        values.object(null, name -> switch (name) {
            case "id", "from", "to" -> parts.put(name, values.identifier(name));
            case "name" -> parts.put(name, values.text(name));
            default -> false;
        });
        return new Edge(parts.text("id"), parts.required("from"), parts.required("to"), parts.text("name"));
    }

    private Stage stage() throws IOException, Fault {
        Parts parts = new Parts();
        Map<String, List<String>> nodes = new HashMap<>();
        values.object(null, name -> switch (name) {
            case "id" -> parts.put(name, values.identifier(name));
            case "name" -> parts.put(name, values.text(name));
            case "nodes" -> {
                if (nodes.put(name, values.list(name, this::nodeId)) != null) {
                    throw Fault.invalid(name, "given twice");
                }
                yield true;
            }
            default -> false;
        });
        String id = parts.required("id");
        List<String> found = nodes.get("nodes");
        if (found == null) {
            throw Fault.missing("nodes");
        }
        return new Stage(id, parts.text("name"), found);
    }

    private String nodeId() throws IOException, Fault {
        return values.identifier("");
    }

    private Condition condition() throws IOException, Fault {
        Parts parts = new Parts();
        values.object(null, name -> switch (name) {
            case "attribute" -> parts.put(name, values.text(name));
            case "op" -> parts.put(name, values.oneOf(name, OPERATORS));
            case "value" -> parts.put(name, conditionValue(name));
            default -> false;
        });
        String attribute = parts.required("attribute");
        Operator op = Operator.valueOf(parts.required("op").toUpperCase(Locale.ROOT));
        Object value = parts.any("value");
        if (op == Operator.IN != value instanceof List) {
            throw Fault.invalid(
                    "value", op == Operator.IN ? "expected a list" : "expected a string, a number, true or false");
        }
        return new Condition(attribute, op, value);
    }

    private Object conditionValue(String name) throws IOException, Fault {
        return parser.currentToken() == JsonToken.START_ARRAY
                ? List.copyOf(values.list(name, () -> values.scalar("")))
                : values.scalar(name);
    }

    /** The fields of one small object. */
    private static final class Parts {
        private final Map<String, Object> values = new HashMap<>();

        boolean put(String name, Object value) throws Fault {
            if (values.put(name, value) != null) {
                throw Fault.invalid(name, "given twice");
            }
            return true;
        }

        @Nullable
        String text(String name) {
            return (String) values.get(name);
        }

        String required(String name) throws Fault {
            return (String) any(name);
        }

        Object any(String name) throws Fault {
            Object value = values.get(name);
            if (value == null) {
                throw Fault.missing(name);
            }
            return value;
        }
    }
}
