package io.milepost.tck;

import io.milepost.spi.BpmnReader;
import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.NodeType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A journey of the kit: what an engine without BPMN needs to know of it, and a diagram for one with BPMN.
 *
 * @since 0.1
 */
public final class KitJourney {
    private static final String STEP = "@step@";
    private static final String ASYNC = "@async@";

    private final String id;
    private final List<JourneyDefinition.Node> nodes = new ArrayList<>();
    private final List<JourneyDefinition.Edge> edges = new ArrayList<>();
    private final StringBuilder xml = new StringBuilder();
    private final StringBuilder messages = new StringBuilder();
    private final StringBuilder artifacts = new StringBuilder();
    private @Nullable String conversionEvent;
    private @Nullable Duration window;

    private KitJourney(String id) {
        this.id = id;
    }

    static KitJourney named(String id) {
        return new KitJourney(id);
    }

    public String id() {
        return id;
    }

    /** All nodes, inner ones after the one they are in, with what they are in a journey. */
    public List<JourneyDefinition.Node> nodes() {
        return List.copyOf(nodes);
    }

    public List<JourneyDefinition.Edge> edges() {
        return List.copyOf(edges);
    }

    /** The user event that converts, or null. */
    public @Nullable String conversionEvent() {
        return conversionEvent;
    }

    public @Nullable Duration attributionWindow() {
        return window;
    }

    /**
     * How an engine says in BPMN what the standard leaves to it.
     *
     * @param namespaces declarations, e.g. {@code xmlns:acme="http://acme.example/bpmn"}
     * @param step attributes of a service task that calls {@link KitSteps#run}
     * @param async attributes of a node before which the engine commits and goes on by a job
     * @since 0.1
     */
    public record Dialect(String namespaces, String step, String async) {}

    /** The diagram in that dialect. */
    public String bpmn(Dialect dialect) {
        String settings = (conversionEvent == null ? "" : " milepost:conversionEvent=\"" + conversionEvent + '"')
                + (window == null ? "" : " milepost:attributionWindow=\"" + window + '"');
        return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        + "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" xmlns:milepost=\""
                        + BpmnReader.NAMESPACE
                        + "\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                        + dialect.namespaces()
                        + " id=\"d\" targetNamespace=\"kit\">\n"
                        + messages
                        + "<process id=\"" + id + "\" name=\"" + name() + "\" isExecutable=\"true\"" + settings + ">\n"
                        + xml
                        + artifacts
                        + "</process>\n</definitions>\n")
                .replace(STEP, dialect.step())
                .replace(ASYNC, dialect.async());
    }

    public String name() {
        return "Kit " + id;
    }

    KitJourney convertsOn(String event, Duration within) {
        conversionEvent = event;
        window = within;
        return this;
    }

    KitJourney start(String node) {
        return add(node, NodeType.TRIGGER, "startEvent", "", "");
    }

    KitJourney end(String node) {
        return add(node, NodeType.EXIT, "endEvent", "", "");
    }

    KitJourney errorEnd(String node, String code) {
        messages.append("<error id=\"error-" + code + "\" errorCode=\"" + code + "\"/>\n");
        return add(node, NodeType.EXIT, "endEvent", "", "<errorEventDefinition errorRef=\"error-" + code + "\"/>");
    }

    KitJourney terminate(String node) {
        return add(node, NodeType.EXIT, "endEvent", "", "<terminateEventDefinition/>");
    }

    KitJourney escalate(String node, String code) {
        messages.append("<escalation id=\"escalation-" + code + "\" escalationCode=\"" + code + "\"/>\n");
        return add(
                node,
                NodeType.CUSTOM,
                "intermediateThrowEvent",
                "",
                "<escalationEventDefinition escalationRef=\"escalation-" + code + "\"/>");
    }

    KitJourney compensate(String node) {
        return add(node, NodeType.CUSTOM, "intermediateThrowEvent", "", "<compensateEventDefinition/>");
    }

    /** Runs {@link KitSteps#run} within the transaction it is reached in. */
    KitJourney step(String node) {
        return add(node, NodeType.CUSTOM, "serviceTask", STEP, "");
    }

    /** A step in a transaction of its own. */
    KitJourney asyncStep(String node) {
        return add(node, NodeType.CUSTOM, "serviceTask", STEP + ' ' + ASYNC, "");
    }

    KitJourney send(String node, String channel) {
        nodes.add(new JourneyDefinition.Node(node, "Node " + node, NodeType.SEND.wireName(), channel));
        return tag("serviceTask", node, STEP + ' ' + ASYNC + " milepost:channel=\"" + channel + '"', "");
    }

    /** Waits until completed from outside. */
    KitJourney waits(String node) {
        return add(node, NodeType.CUSTOM, "userTask", "", "");
    }

    /** Several visits at once, or one after the other. */
    KitJourney waitsFor(String node, int times, boolean sequential) {
        return add(
                node,
                NodeType.CUSTOM,
                "userTask",
                "",
                "<multiInstanceLoopCharacteristics isSequential=\"" + sequential + "\"><loopCardinality>" + times
                        + "</loopCardinality></multiInstanceLoopCharacteristics>");
    }

    KitJourney timer(String node, Duration time) {
        return add(node, NodeType.WAIT, "intermediateCatchEvent", "", timerDefinition(time));
    }

    KitJourney catches(String node, String message) {
        return add(node, NodeType.WAIT_FOR_EVENT, "intermediateCatchEvent", "", messageDefinition(message));
    }

    KitJourney decision(String node) {
        return add(node, NodeType.DECISION, "exclusiveGateway", "", "");
    }

    KitJourney parallel(String node) {
        return add(node, NodeType.SPLIT, "parallelGateway", "", "");
    }

    KitJourney race(String node) {
        return add(node, NodeType.WAIT_FOR_EVENT, "eventBasedGateway", "", "");
    }

    KitJourney timerOn(String host, String node, Duration time, boolean interrupting) {
        return boundary(host, node, NodeType.WAIT, interrupting, timerDefinition(time));
    }

    KitJourney errorOn(String host, String node, String code) {
        if (messages.indexOf("error-" + code) < 0) {
            messages.append("<error id=\"error-" + code + "\" errorCode=\"" + code + "\"/>\n");
        }
        return boundary(
                host, node, NodeType.WAIT_FOR_EVENT, true, "<errorEventDefinition errorRef=\"error-" + code + "\"/>");
    }

    KitJourney escalationOn(String host, String node, String code, boolean interrupting) {
        return boundary(
                host,
                node,
                NodeType.WAIT_FOR_EVENT,
                interrupting,
                "<escalationEventDefinition escalationRef=\"escalation-" + code + "\"/>");
    }

    /** Undoes the host by that step when compensation is thrown. */
    KitJourney undoneBy(String host, String handler) {
        boundary(host, host + "-undo", NodeType.WAIT_FOR_EVENT, true, "<compensateEventDefinition/>");
        nodes.add(new JourneyDefinition.Node(handler, "Node " + handler, NodeType.CUSTOM.wireName(), null));
        tag("serviceTask", handler, STEP + " isForCompensation=\"true\"", "");
        artifacts.append("<association id=\"undo-" + host + "\" associationDirection=\"One\" sourceRef=\"" + host
                + "-undo\" targetRef=\"" + handler + "\"/>\n");
        return this;
    }

    KitJourney call(String node, String journeyId) {
        return add(node, NodeType.CUSTOM, "callActivity", "calledElement=\"" + journeyId + '"', "");
    }

    KitJourney inside(String node, Consumer<KitJourney> body) {
        return nested(node, "", body);
    }

    /** Starts beside what runs, or instead of it, when the message comes. */
    KitJourney onMessage(String node, String start, String message, boolean interrupting, Consumer<KitJourney> body) {
        return nested(node, "triggeredByEvent=\"true\"", inner -> {
            inner.add(
                    start,
                    NodeType.TRIGGER,
                    "startEvent",
                    "isInterrupting=\"" + interrupting + '"',
                    inner.messageDefinition(message));
            body.accept(inner);
        });
    }

    /** Sequence flows from each to the next. */
    KitJourney flow(String... path) {
        for (int i = 1; i < path.length; i++) {
            edge(path[i - 1], path[i], "");
        }
        return this;
    }

    KitJourney flowIf(String from, String to, String condition) {
        return edge(
                from,
                to,
                "<conditionExpression xsi:type=\"tFormalExpression\"><![CDATA[${" + condition
                        + "}]]></conditionExpression>");
    }

    private KitJourney edge(String from, String to, String content) {
        String edge = from + "-to-" + to;
        edges.add(new JourneyDefinition.Edge(edge, from, to, null));
        xml.append("<sequenceFlow id=\"" + edge + "\" sourceRef=\"" + from + "\" targetRef=\"" + to + "\">" + content
                + "</sequenceFlow>\n");
        return this;
    }

    private KitJourney nested(String node, String attributes, Consumer<KitJourney> body) {
        nodes.add(new JourneyDefinition.Node(node, "Node " + node, NodeType.CUSTOM.wireName(), null));
        xml.append("<subProcess id=\"" + node + "\" name=\"Node " + node + "\" " + attributes + ">\n");
        body.accept(this);
        xml.append("</subProcess>\n");
        return this;
    }

    private KitJourney boundary(String host, String node, NodeType type, boolean interrupting, String definition) {
        return add(
                node,
                type,
                "boundaryEvent",
                "attachedToRef=\"" + host + "\" cancelActivity=\"" + interrupting + '"',
                definition);
    }

    private KitJourney add(String node, NodeType type, String element, String attributes, String content) {
        nodes.add(new JourneyDefinition.Node(node, "Node " + node, type.wireName(), null));
        return tag(element, node, attributes, content);
    }

    private KitJourney tag(String element, String node, String attributes, String content) {
        xml.append("<" + element + " id=\"" + node + "\" name=\"Node " + node + "\" " + attributes + ">" + content
                + "</" + element + ">\n");
        return this;
    }

    private static String timerDefinition(Duration time) {
        return "<timerEventDefinition><timeDuration>" + time + "</timeDuration></timerEventDefinition>";
    }

    private String messageDefinition(String message) {
        if (messages.indexOf("message-" + message + "\"") < 0) {
            messages.append("<message id=\"message-" + message + "\" name=\"" + message + "\"/>\n");
        }
        return "<messageEventDefinition messageRef=\"message-" + message + "\"/>";
    }
}
