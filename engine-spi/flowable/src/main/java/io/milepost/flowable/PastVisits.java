package io.milepost.flowable;

import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.flowable.bpmn.model.Activity;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.bpmn.model.FlowNode;
import org.flowable.bpmn.model.SequenceFlow;
import org.flowable.bpmn.model.StartEvent;
import org.flowable.bpmn.model.SubProcess;
import org.flowable.engine.history.HistoricActivityInstance;
import org.jspecify.annotations.Nullable;

/** The visits of one instance and the flows between them, as the engine's history keeps both. */
final class PastVisits {
    private static final Comparator<HistoricActivityInstance> BY_TIME =
            Comparator.comparing(HistoricActivityInstance::getStartTime).thenComparing(Visits::order);

    private final BpmnModel diagram;
    private final List<HistoricActivityInstance> visits;
    private final List<HistoricActivityInstance> flows;

    PastVisits(BpmnModel diagram, List<HistoricActivityInstance> records) {
        this.diagram = diagram;
        visits = records.stream().filter(record -> !Visits.isFlow(record)).toList();
        flows = records.stream().filter(Visits::isFlow).toList();
    }

    List<HistoricActivityInstance> visits() {
        return visits;
    }

    @Nullable
    FlowElement node(HistoricActivityInstance visit) {
        return diagram.getFlowElement(visit.getActivityId());
    }

    /** By which it came; null after a job, as the engine doesn't know it then. */
    @Nullable
    SequenceFlow edge(HistoricActivityInstance visit) {
        if (node(visit) instanceof FlowNode node && node.isAsynchronous()) {
            return null;
        }
        return flows(visit, flow -> flow.getTargetRef().equals(visit.getActivityId()))
                .filter(flow -> BY_TIME.compare(flow, visit) < 0)
                .max(BY_TIME)
                .map(this::flow)
                .orElse(null);
    }

    /** By which it was left, of a decision. */
    @Nullable
    String branch(HistoricActivityInstance decision) {
        return flows(decision, flow -> flow.getSourceRef().equals(decision.getActivityId()))
                .filter(flow -> BY_TIME.compare(flow, decision) > 0)
                .min(BY_TIME)
                .map(HistoricActivityInstance::getActivityId)
                .orElse(null);
    }

    /** Whether a boundary event came: then a flow leads on from it. */
    boolean came(HistoricActivityInstance boundary) {
        return boundary.getEndTime() != null
                && boundary.getDeleteReason() == null
                && flows.stream()
                        .map(this::flow)
                        .anyMatch(flow -> flow != null && flow.getSourceRef().equals(boundary.getActivityId()));
    }

    /** The body or sub-process' visit it is part of. */
    @Nullable
    String parent(HistoricActivityInstance visit) {
        FlowElement node = node(visit);
        if (node instanceof Activity activity && activity.hasMultiInstanceLoopCharacteristics()) {
            return Visits.body(visit.getProcessInstanceId(), visit.getActivityId());
        }
        SubProcess around = node == null ? null : node.getSubProcess();
        if (around != null && Visits.isOneOfMany(around)) {
            return Visits.body(visit.getProcessInstanceId(), around.getId());
        }
        return around == null ? null : visitAround(around, visit);
    }

    /**
     * Of several visits to the sub-process under way the one that began last before the start event inside, which comes at
     * once: what goes on in the execution of a start event, or branches off from it, is part of the same.
     */
    private @Nullable String visitAround(SubProcess around, HistoricActivityInstance inside) {
        HistoricActivityInstance first = first(around, inside);
        SequenceFlow came = node(first) instanceof StartEvent ? null : edge(first);
        HistoricActivityInstance source = came == null ? null : source(came, first);
        return source == null ? lastBegun(around, first) : visitAround(around, source);
    }

    private HistoricActivityInstance first(SubProcess around, HistoricActivityInstance inside) {
        return visits.stream()
                .filter(visit -> Objects.equals(visit.getExecutionId(), inside.getExecutionId()))
                .filter(visit -> isIn(around, visit))
                .min(BY_TIME)
                .orElse(inside);
    }

    private boolean isIn(SubProcess around, HistoricActivityInstance visit) {
        FlowElement node = node(visit);
        return node != null && around.equals(node.getSubProcess());
    }

    private @Nullable HistoricActivityInstance source(SequenceFlow flow, HistoricActivityInstance visit) {
        return visits.stream()
                .filter(earlier -> earlier.getActivityId().equals(flow.getSourceRef()))
                .filter(earlier -> earlier.getEndTime() != null
                        && !earlier.getEndTime().after(visit.getStartTime())
                        && BY_TIME.compare(earlier, visit) < 0)
                .max(Comparator.comparing(HistoricActivityInstance::getEndTime).thenComparing(BY_TIME))
                .orElse(null);
    }

    private @Nullable String lastBegun(SubProcess around, HistoricActivityInstance inside) {
        return visits.stream()
                .filter(outer -> outer.getActivityId().equals(around.getId()))
                .filter(outer -> isOpenAt(outer, inside.getStartTime()))
                // Another transaction of the same millisecond has an order of its own.
                .max(Comparator.comparing((HistoricActivityInstance outer) -> BY_TIME.compare(outer, inside) < 0)
                        .thenComparing(BY_TIME))
                .map(HistoricActivityInstance::getId)
                .orElse(null);
    }

    private static boolean isOpenAt(HistoricActivityInstance outer, Date time) {
        return !outer.getStartTime().after(time)
                && (outer.getEndTime() == null || !outer.getEndTime().before(time));
    }

    private Stream<HistoricActivityInstance> flows(HistoricActivityInstance visit, Predicate<SequenceFlow> wanted) {
        return flows.stream()
                .filter(record -> Objects.equals(record.getExecutionId(), visit.getExecutionId()))
                .filter(record -> {
                    SequenceFlow flow = flow(record);
                    return flow != null && wanted.test(flow);
                });
    }

    private @Nullable SequenceFlow flow(HistoricActivityInstance record) {
        return diagram.getFlowElement(record.getActivityId()) instanceof SequenceFlow flow ? flow : null;
    }
}
