package io.milepost.simulator.scenario;

import io.milepost.simulator.scenario.Diagram.Cause;
import io.milepost.simulator.scenario.Diagram.Flow;
import io.milepost.simulator.scenario.Diagram.Kind;
import io.milepost.simulator.scenario.Diagram.Many;
import io.milepost.simulator.scenario.Diagram.Step;
import io.milepost.simulator.scenario.Diagram.Trigger;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.model.bpmn.Bpmn;
import org.operaton.bpm.model.bpmn.BpmnModelInstance;
import org.operaton.bpm.model.bpmn.instance.Activity;
import org.operaton.bpm.model.bpmn.instance.Association;
import org.operaton.bpm.model.bpmn.instance.BoundaryEvent;
import org.operaton.bpm.model.bpmn.instance.CallActivity;
import org.operaton.bpm.model.bpmn.instance.ComplexGateway;
import org.operaton.bpm.model.bpmn.instance.EndEvent;
import org.operaton.bpm.model.bpmn.instance.EventBasedGateway;
import org.operaton.bpm.model.bpmn.instance.ExclusiveGateway;
import org.operaton.bpm.model.bpmn.instance.FlowElement;
import org.operaton.bpm.model.bpmn.instance.FlowNode;
import org.operaton.bpm.model.bpmn.instance.InclusiveGateway;
import org.operaton.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.operaton.bpm.model.bpmn.instance.IntermediateThrowEvent;
import org.operaton.bpm.model.bpmn.instance.ParallelGateway;
import org.operaton.bpm.model.bpmn.instance.Process;
import org.operaton.bpm.model.bpmn.instance.ReceiveTask;
import org.operaton.bpm.model.bpmn.instance.SendTask;
import org.operaton.bpm.model.bpmn.instance.SequenceFlow;
import org.operaton.bpm.model.bpmn.instance.StartEvent;
import org.operaton.bpm.model.bpmn.instance.SubProcess;
import org.operaton.bpm.model.bpmn.instance.TerminateEventDefinition;
import org.operaton.bpm.model.xml.ModelException;

/** Reads one process of a BPMN 2.0 file, with all its levels. */
final class DiagramReader {

    private final String file;
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final Map<String, List<Flow>> flows = new HashMap<>();
    private final Map<String, Integer> incoming = new HashMap<>();
    /** Of each element the one it is in. */
    private final Map<String, String> around = new HashMap<>();

    private XmlLines lines = XmlLines.NONE;

    DiagramReader(String file) {
        this.file = file;
    }

    /** @param processId null = the first that can be executed, else the first that has a start */
    Diagram read(String xml, @Nullable String processId) {
        BpmnModelInstance model = model(xml);
        lines = XmlLines.read(xml);
        Process process = process(model, processId);
        read(process.getFlowElements(), process.getId(), null);
        link();
        if (steps.isEmpty()) {
            throw wrong(process.getId(), "process '" + process.getId() + "' has no nodes");
        }
        Map<String, Step> all = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
        return new Diagram(process.getId(), all, Scopes.starts(all, null), xml);
    }

    private BpmnModelInstance model(String xml) {
        try {
            return Bpmn.readModelFromStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        } catch (ModelException e) {
            String dangling = XmlLines.dangling(e);
            XmlLines.Reference reference =
                    dangling == null ? null : XmlLines.read(xml).referring(dangling);
            if (reference != null) {
                throw new ScenarioException(
                        file + ":" + reference.line() + ": " + reference.element() + ": refers to '" + dangling
                                + "', and no element has that id",
                        e);
            }
            throw new ScenarioException(file + XmlLines.place(e) + ": is no BPMN 2.0 file: " + XmlLines.reason(e), e);
        }
    }

    private Process process(BpmnModelInstance model, @Nullable String processId) {
        Collection<Process> processes = model.getModelElementsByType(Process.class);
        if (processId != null) {
            return processes.stream()
                    .filter(process -> processId.equals(process.getId()))
                    .findFirst()
                    .orElseThrow(() -> new ScenarioException(file + ": has no process '" + processId + "'; there are "
                            + processes.stream().map(Process::getId).toList()));
        }
        return processes.stream()
                .filter(process -> process.isExecutable() && !nodes(process).isEmpty())
                .findFirst()
                .or(() -> processes.stream()
                        .filter(process -> nodes(process).stream().anyMatch(StartEvent.class::isInstance))
                        .findFirst())
                .or(() -> processes.stream()
                        .filter(process -> !nodes(process).isEmpty())
                        .findFirst())
                .orElseThrow(() -> new ScenarioException(file + ": has no process with nodes"));
    }

    private static List<FlowNode> nodes(Process process) {
        return process.getFlowElements().stream()
                .filter(FlowNode.class::isInstance)
                .map(FlowNode.class::cast)
                .toList();
    }

    /** Diagrams need not say at a node which flows lead there and away: the flows say it. */
    private void readFlows(Collection<FlowElement> elements) {
        for (FlowElement element : elements) {
            if (element instanceof SequenceFlow flow) {
                if (flow.getSource() == null || flow.getTarget() == null) {
                    throw wrong(flow.getId(), "flow '" + flow.getId() + "' leads nowhere");
                }
                String from = flow.getSource().getId();
                String to = flow.getTarget().getId();
                flows.computeIfAbsent(from, id -> new ArrayList<>(2))
                        .add(new Flow(flow.getId(), text(flow.getName()), from, to));
                incoming.merge(to, 1, Integer::sum);
            }
        }
    }

    private void read(Collection<FlowElement> elements, String scope, @Nullable String inside) {
        elements.forEach(element -> around.put(element.getId(), scope));
        readFlows(elements);
        for (FlowElement element : elements) {
            if (element instanceof FlowNode node) {
                steps.put(node.getId(), step(node, inside));
                if (node instanceof SubProcess inner) {
                    read(inner.getFlowElements(), node.getId(), node.getId());
                }
            }
        }
    }

    private Step step(FlowNode node, @Nullable String inside) {
        return new Step(
                node.getId(),
                text(node.getName()),
                kind(node),
                flows.getOrDefault(node.getId(), List.of()),
                incoming.getOrDefault(node.getId(), 0),
                inside,
                Triggers.of(node),
                node instanceof BoundaryEvent event && event.getAttachedTo() != null
                        ? event.getAttachedTo().getId()
                        : null,
                interrupts(node),
                node instanceof Activity activity ? many(activity) : null,
                node instanceof CallActivity call ? text(call.getCalledElement()) : null,
                handler(node),
                node instanceof Activity activity && activity.isForCompensation(),
                lines.of(node.getId()));
    }

    private static boolean interrupts(FlowNode node) {
        if (node instanceof BoundaryEvent event) {
            return event.cancelActivity();
        }
        return !(node instanceof StartEvent start) || start.isInterrupting();
    }

    private static @Nullable Many many(Activity activity) {
        return Repeats.of(activity);
    }

    /** What the association of a compensation event leads to. */
    private static @Nullable String handler(FlowNode node) {
        if (!(node instanceof BoundaryEvent)) {
            return null;
        }
        return node.getModelInstance().getModelElementsByType(Association.class).stream()
                .filter(association -> association.getSource() != null
                        && node.getId().equals(association.getSource().getId())
                        && association.getTarget() instanceof Activity)
                .map(association -> association.getTarget().getId())
                .findFirst()
                .orElse(null);
    }

    private Kind kind(FlowNode node) {
        if (node instanceof StartEvent) {
            return Kind.START;
        } else if (node instanceof EndEvent end) {
            return end(end);
        } else if (node instanceof BoundaryEvent) {
            return Kind.BOUNDARY;
        } else if (node instanceof ExclusiveGateway) {
            return Kind.DECISION;
        } else if (node instanceof ParallelGateway) {
            return Kind.PARALLEL;
        } else if (node instanceof InclusiveGateway || node instanceof ComplexGateway) {
            return Kind.INCLUSIVE;
        } else if (node instanceof EventBasedGateway) {
            return Kind.RACE;
        } else if (node instanceof IntermediateCatchEvent) {
            Trigger trigger = Triggers.of(node);
            return trigger != null && trigger.cause() == Cause.TIMER ? Kind.WAIT : Kind.EVENT;
        } else if (node instanceof IntermediateThrowEvent) {
            Trigger trigger = Triggers.of(node);
            return trigger != null && trigger.cause() == Cause.COMPENSATION ? Kind.COMPENSATE : Kind.THROW;
        } else if (node instanceof Activity activity) {
            return activity(activity);
        }
        throw wrong(
                node.getId(),
                "node '" + node.getId() + "' is a " + node.getElementType().getTypeName()
                        + ", which cannot be executed; draw it with tasks, sub-processes, events and gateways");
    }

    private static Kind end(EndEvent end) {
        if (end.getEventDefinitions().stream().anyMatch(TerminateEventDefinition.class::isInstance)) {
            return Kind.TERMINATE;
        }
        Trigger trigger = Triggers.of(end);
        return trigger != null && trigger.cause() == Cause.COMPENSATION ? Kind.COMPENSATE : Kind.END;
    }

    private static Kind activity(Activity activity) {
        if (activity instanceof SubProcess scope) {
            return scope.triggeredByEvent() ? Kind.EVENT_SUB_PROCESS : Kind.SUB_PROCESS;
        } else if (activity instanceof CallActivity) {
            return Kind.CALL;
        } else if (activity instanceof ReceiveTask) {
            return Kind.EVENT;
        }
        return activity instanceof SendTask ? Kind.SEND : Kind.ACTIVITY;
    }

    /** Leads link events on, and refuses flows that leave their scope. */
    private void link() {
        for (Step step : List.copyOf(steps.values())) {
            if (step.kind() == Kind.BOUNDARY && (step.on() == null || !steps.containsKey(step.on()))) {
                throw wrong(step.id(), "boundary event '" + step.id() + "' sits on no activity");
            }
            for (Flow flow : step.flows()) {
                Step to = steps.get(flow.to());
                if (to == null || !Objects.equals(to.inside(), step.inside())) {
                    throw wrong(
                            step.id(),
                            "flow '" + flow.id() + "' leads from '" + step.id()
                                    + "' out of its process or sub-process");
                }
            }
            if (step.kind() == Kind.THROW
                    && step.waitsFor(Cause.LINK)
                    && step.flows().isEmpty()) {
                steps.put(step.id(), linked(step));
            }
        }
    }

    private Step linked(Step step) {
        Trigger link = step.trigger();
        Step target = steps.values().stream()
                .filter(other -> other.kind() == Kind.EVENT
                        && other.waitsFor(Cause.LINK)
                        && Objects.equals(other.inside(), step.inside())
                        && other.trigger() != null
                        && link != null
                        && Objects.equals(other.trigger().code(), link.code()))
                .findFirst()
                .orElseThrow(() ->
                        wrong(step.id(), "link event '" + step.id() + "' has no catching link event of the same name"));
        return new Step(
                step.id(),
                step.name(),
                step.kind(),
                List.of(new Flow(null, null, step.id(), target.id())),
                step.incoming(),
                step.inside(),
                step.trigger(),
                step.on(),
                step.interrupts(),
                step.many(),
                step.calls(),
                step.handler(),
                step.isHandler(),
                step.line());
    }

    private ScenarioException wrong(String id, String text) {
        return new ScenarioException(file + ":" + lines.of(id) + ": " + path(id) + ": " + text);
    }

    /** From the process down, e.g. {@code order/payment/remind}. */
    private String path(String id) {
        String outer = around.get(id);
        return outer == null ? id : path(outer) + "/" + id;
    }

    static @Nullable String text(@Nullable String name) {
        return name == null || name.isBlank()
                ? null
                : name.replaceAll("\\s+", " ").strip();
    }
}
