package io.milepost.simulator.scenario;

import io.milepost.simulator.scenario.Diagram.Flow;
import io.milepost.simulator.scenario.Diagram.Kind;
import io.milepost.simulator.scenario.Diagram.Step;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.model.bpmn.Bpmn;
import org.operaton.bpm.model.bpmn.BpmnModelInstance;
import org.operaton.bpm.model.bpmn.instance.Activity;
import org.operaton.bpm.model.bpmn.instance.EndEvent;
import org.operaton.bpm.model.bpmn.instance.ExclusiveGateway;
import org.operaton.bpm.model.bpmn.instance.FlowElement;
import org.operaton.bpm.model.bpmn.instance.FlowNode;
import org.operaton.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.operaton.bpm.model.bpmn.instance.IntermediateThrowEvent;
import org.operaton.bpm.model.bpmn.instance.ParallelGateway;
import org.operaton.bpm.model.bpmn.instance.Process;
import org.operaton.bpm.model.bpmn.instance.ReceiveTask;
import org.operaton.bpm.model.bpmn.instance.SendTask;
import org.operaton.bpm.model.bpmn.instance.SequenceFlow;
import org.operaton.bpm.model.bpmn.instance.StartEvent;
import org.operaton.bpm.model.bpmn.instance.SubProcess;
import org.operaton.bpm.model.bpmn.instance.TimerEventDefinition;
import org.operaton.bpm.model.xml.ModelException;

/** Reads the first process of a BPMN 2.0 file. */
final class DiagramReader {

    private final String file;

    DiagramReader(String file) {
        this.file = file;
    }

    Diagram read(String xml) {
        Process process = process(xml);
        Map<String, Step> steps = new LinkedHashMap<>();
        List<String> starts = new ArrayList<>();
        for (FlowElement element : process.getFlowElements()) {
            if (element instanceof FlowNode node) {
                Step step = step(node);
                steps.put(step.id(), step);
                if (step.kind() == Kind.START) {
                    starts.add(step.id());
                }
            }
        }
        if (starts.size() != 1) {
            throw new ScenarioException(file + ": one start event is expected, there are " + starts.size());
        }
        return new Diagram(Collections.unmodifiableMap(steps), starts.get(0), xml);
    }

    private Process process(String xml) {
        try {
            BpmnModelInstance model =
                    Bpmn.readModelFromStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
            Collection<Process> processes = model.getModelElementsByType(Process.class);
            if (processes.isEmpty()) {
                throw new ScenarioException(file + ": has no process");
            }
            return processes.iterator().next();
        } catch (ModelException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ScenarioException(file + ": is no BPMN 2.0 file: " + cause.getMessage(), e);
        }
    }

    private Step step(FlowNode node) {
        List<Flow> flows = new ArrayList<>();
        for (SequenceFlow flow : node.getOutgoing()) {
            flows.add(new Flow(
                    flow.getId(),
                    text(flow.getName()),
                    node.getId(),
                    flow.getTarget().getId()));
        }
        return new Step(
                node.getId(),
                text(node.getName()),
                kind(node),
                flows,
                node.getIncoming().size());
    }

    private Kind kind(FlowNode node) {
        if (node instanceof StartEvent) {
            return Kind.START;
        }
        if (node instanceof EndEvent) {
            return Kind.END;
        }
        if (node instanceof ExclusiveGateway) {
            return Kind.DECISION;
        }
        if (node instanceof ParallelGateway) {
            return Kind.PARALLEL;
        }
        if (node instanceof IntermediateCatchEvent event) {
            boolean timer = event.getEventDefinitions().stream().anyMatch(TimerEventDefinition.class::isInstance);
            return timer ? Kind.WAIT : Kind.EVENT;
        }
        if (node instanceof ReceiveTask) {
            return Kind.EVENT;
        }
        if (node instanceof SendTask) {
            return Kind.SEND;
        }
        if ((node instanceof Activity && !(node instanceof SubProcess)) || node instanceof IntermediateThrowEvent) {
            return Kind.ACTIVITY;
        }
        throw new ScenarioException(file + ": node '" + node.getId() + "' is a "
                + node.getElementType().getTypeName()
                + ", which cannot be simulated yet; tasks, exclusive and parallel gateways, and timer, message, start"
                + " and end events can");
    }

    private static @Nullable String text(@Nullable String name) {
        return name == null || name.isBlank()
                ? null
                : name.replaceAll("\\s+", " ").strip();
    }
}
