package io.milepost.spi;

import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Reads the graph of a journey from BPMN 2.0, for any engine that speaks it: flow nodes at every level, sequence flows,
 * and what the modeller said to Milepost.
 *
 * <p>A modeller says it by a property {@code milepost:…} among an element's extension properties, or by an attribute of
 * the namespace {@value #NAMESPACE}. Of a node: {@code type}, {@code channel}, {@code stage}. Of the process:
 * {@code conversionEvent}, {@code attributionWindow} (ISO 8601, e.g. {@code P7D}) and {@code reentry}.
 *
 * <p>Any thread; reads nothing but the text it is given, and no entity from elsewhere.
 *
 * @since 0.1
 */
public final class BpmnReader {
    /** Of Milepost's own attributes in a diagram. */
    public static final String NAMESPACE = "http://milepost.io/schema/bpmn";

    /** Levels of sub-processes: far more than people draw, far less than a stack holds. */
    private static final int DEEPEST = 100;

    private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    private static final Pattern ENCODING = Pattern.compile("^[^>]*encoding=[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']");
    private static final Set<String> NODES = Set.of(
            "startEvent",
            "endEvent",
            "intermediateCatchEvent",
            "intermediateThrowEvent",
            "boundaryEvent",
            "task",
            "serviceTask",
            "sendTask",
            "receiveTask",
            "userTask",
            "manualTask",
            "scriptTask",
            "businessRuleTask",
            "callActivity",
            "subProcess",
            "adHocSubProcess",
            "transaction",
            "exclusiveGateway",
            "inclusiveGateway",
            "parallelGateway",
            "eventBasedGateway",
            "complexGateway");

    private final NodeClassifier classifier;
    private final JourneyDefinition.Builder into;
    private final Map<String, String> processProperties;
    private final Map<String, List<String>> stages = new LinkedHashMap<>();

    private BpmnReader(NodeClassifier classifier, JourneyDefinition.Builder into, Element process) {
        this.classifier = classifier;
        this.into = into;
        processProperties = properties(process);
    }

    /**
     * The definition of one process of that diagram.
     *
     * @param processId its id in the diagram
     * @param journeyId usually the same
     * @param bpmn is kept with the definition
     * @throws IllegalArgumentException if that is no BPMN, has no such process, or a setting can't be read; the message
     *     says which
     */
    public static JourneyDefinition read(
            String bpmn, String processId, String journeyId, long version, NodeClassifier classifier) {
        Element process = process(parse(bpmn), processId);
        JourneyDefinition.Builder into = JourneyDefinition.of(journeyId, version)
                .named(text(process, "name"))
                .bpmn(bpmn);
        return new BpmnReader(classifier, into, process).readProcess(process);
    }

    /** A deployed diagram as text, by the encoding its XML declares; UTF-8 where it declares none. */
    public static String text(byte[] xml) {
        String head = new String(xml, 0, Math.min(xml.length, 200), StandardCharsets.ISO_8859_1);
        Matcher declared = ENCODING.matcher(head);
        if (declared.find() && Charset.isSupported(declared.group(1))) {
            return new String(xml, Charset.forName(declared.group(1)));
        }
        return new String(xml, StandardCharsets.UTF_8);
    }

    private JourneyDefinition readProcess(Element process) {
        readScope(process, 0);
        stages.forEach((stage, nodes) -> into.stage(stage, stage, nodes.toArray(String[]::new)));
        into.convertsOn(processProperties.get("milepost:conversionEvent"));
        into.within(window(processProperties.get("milepost:attributionWindow")));
        String reentry = processProperties.get("milepost:reentry");
        return into.reentry(reentry == null ? null : Boolean.valueOf(reentry)).build();
    }

    private void readScope(Element scope, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("the BPMN nests its elements deeper than " + DEEPEST + " levels");
        }
        for (Element child : children(scope)) {
            String kind = child.getLocalName();
            if (NODES.contains(kind)) {
                readNode(child);
                readScope(child, depth + 1);
            } else if (kind.equals("sequenceFlow")) {
                into.edge(
                        text(child, "id"),
                        child.getAttribute("sourceRef"),
                        child.getAttribute("targetRef"),
                        text(child, "name"));
            }
        }
    }

    private void readNode(Element node) {
        BpmnElement element = new BpmnElement(node, properties(node));
        NodeClassifier.Role role = roleOf(element);
        into.node(element.id(), element.name(), role.type(), role.channel());
        String stage = element.property("milepost:stage");
        if (stage != null) {
            stages.computeIfAbsent(stage, fresh -> new ArrayList<>()).add(element.id());
        }
    }

    private NodeClassifier.Role roleOf(BpmnElement element) {
        NodeClassifier.Role role = classifier.or(NodeClassifier.standard()).classify(element);
        return role == null ? new NodeClassifier.Role(NodeType.CUSTOM, null) : role;
    }

    private static @Nullable Duration window(@Nullable String text) {
        try {
            return text == null ? null : Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("milepost:attributionWindow must be a duration such as P7D or PT36H", e);
        }
    }

    private static Element process(Document document, String processId) {
        for (Element child : children(document.getDocumentElement())) {
            if (child.getLocalName().equals("process")
                    && child.getAttribute("id").equals(processId)) {
                return child;
            }
        }
        throw new IllegalArgumentException("the BPMN has no process of that id");
    }

    private static Document parse(String bpmn) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setExpandEntityReferences(false);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(bpmn)));
        } catch (SAXException | java.io.IOException e) {
            throw new IllegalArgumentException("the BPMN is no well-formed XML", e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java platform has no safe XML parser", e);
        }
    }

    private static Map<String, String> properties(Element element) {
        Map<String, String> found = new HashMap<>();
        for (Element extensions : children(element)) {
            if (extensions.getLocalName().equals("extensionElements")) {
                collect(extensions, found);
            }
        }
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Node attribute = element.getAttributes().item(i);
            if (NAMESPACE.equals(attribute.getNamespaceURI())) {
                found.put("milepost:" + attribute.getLocalName(), attribute.getNodeValue());
            }
        }
        return found;
    }

    private static void collect(Element extensions, Map<String, String> into) {
        for (Element holder : elements(extensions)) {
            if (holder.getLocalName().equals("properties")) {
                for (Element property : elements(holder)) {
                    into.put(property.getAttribute("name"), property.getAttribute("value"));
                }
            }
        }
    }

    private static @Nullable String text(Element element, String attribute) {
        String value = element.getAttribute(attribute);
        return value.isEmpty() ? null : value;
    }

    /** Elements of BPMN itself. */
    private static List<Element> children(Element parent) {
        return elements(parent).stream()
                .filter(child -> BPMN.equals(child.getNamespaceURI()))
                .toList();
    }

    private static List<Element> elements(Element parent) {
        List<Element> found = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                found.add(element);
            }
        }
        return found;
    }

    private record BpmnElement(Element node, Map<String, String> properties) implements NodeClassifier.Element {
        @Override
        public String id() {
            return node.getAttribute("id");
        }

        @Override
        public @Nullable String name() {
            return text(node, "name");
        }

        @Override
        public String bpmnType() {
            return node.getLocalName();
        }

        @Override
        public @Nullable String event() {
            for (Element child : children(node)) {
                String name = child.getLocalName();
                if (name.endsWith("EventDefinition")) {
                    return name.substring(0, name.length() - "EventDefinition".length());
                }
            }
            return null;
        }

        @Override
        public @Nullable String property(String name) {
            return properties.get(name);
        }
    }
}
