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
        return around == null
                ? null
                : visits.stream()
                        .filter(outer -> outer.getActivityId().equals(around.getId()))
                        .filter(outer -> BY_TIME.compare(outer, visit) < 0 && isOpenAt(outer, visit.getStartTime()))
                        .max(BY_TIME)
                        .map(HistoricActivityInstance::getId)
                        .orElse(null);
    }

    private static boolean isOpenAt(HistoricActivityInstance outer, Date time) {
        return outer.getEndTime() == null || !outer.getEndTime().before(time);
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
