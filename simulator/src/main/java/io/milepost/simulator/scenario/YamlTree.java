package io.milepost.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML file as a tree of JSON values, with anchors and merges resolved, that knows the line of each. Booleans are
 * {@code true} and {@code false} alone: a branch may be called {@code no}.
 */
final class YamlTree {

    private final String file;
    private final Map<String, Integer> lines = new HashMap<>();
    private final JsonNode root;

    /** @throws ScenarioException with the line, if that is no YAML */
    YamlTree(String file, String text) {
        this.file = file;
        try {
            Node node = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            root = node == null ? JsonNodeFactory.instance.objectNode() : convert(node, "");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new ScenarioException(file + ":" + line + ": is no YAML: " + e.getProblem(), e);
        }
    }

    JsonNode root() {
        return root;
    }

    /** Says what is wrong there: file, line, path and that, in one line. */
    ScenarioException wrong(String path, String message) {
        return new ScenarioException(file + ":" + line(path) + ": " + path + ": " + message);
    }

    /** Line of the value at that path ({@code journeys[0].id}), else of what is nearest above it. */
    int line(String path) {
        String at = path;
        while (!at.isEmpty()) {
            Integer line = lines.get(at);
            if (line != null) {
                return line;
            }
            at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
        }
        return 1;
    }

    private JsonNode convert(Node node, String path) {
        lines.putIfAbsent(path, node.getStartMark().getLine() + 1);
        if (node instanceof MappingNode mapping) {
            return object(mapping, path);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (Node item : sequence.getValue()) {
                array.add(convert(item, path + "[" + array.size() + "]"));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private ObjectNode object(MappingNode mapping, String path) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = ((ScalarNode) tuple.getKeyNode()).getValue();
            if (key.equals("<<")) {
                object.setAll((ObjectNode) convert(tuple.getValueNode(), path));
            }
        }
        for (NodeTuple tuple : mapping.getValue()) {
            ScalarNode key = (ScalarNode) tuple.getKeyNode();
            if (!key.getValue().equals("<<")) {
                String inside = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
                lines.put(inside, key.getStartMark().getLine() + 1);
                object.set(key.getValue(), convert(tuple.getValueNode(), inside));
            }
        }
        return object;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (scalar.getTag().equals(Tag.NULL)) {
            return json.nullNode();
        }
        if (scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT)) {
            try {
                BigDecimal number = new BigDecimal(text);
                return number.scale() <= 0 ? json.numberNode(number.toBigInteger()) : json.numberNode(number);
            } catch (NumberFormatException e) {
                return json.textNode(text);
            }
        }
        if (scalar.getTag().equals(Tag.BOOL) && (text.equals("true") || text.equals("false"))) {
            return json.booleanNode(text.equals("true"));
        }
        return json.textNode(text);
    }
}
