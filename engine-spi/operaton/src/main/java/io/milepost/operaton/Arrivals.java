package io.milepost.operaton;

import io.milepost.spi.EntryRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.operaton.bpm.engine.impl.pvm.PvmTransition;
import org.operaton.bpm.engine.impl.pvm.process.ActivityImpl;
import org.operaton.bpm.engine.impl.pvm.process.TransitionImpl;

/** Which sequence flows the executions of a transaction took, for the arrivals they lead to. */
final class Arrivals {
    private static final String BODY = "#multiInstanceBody";

    private Map<String, TransitionImpl> taken = Map.of();

    void take(ExecutionEntity execution, TransitionImpl transition) {
        if (taken.isEmpty()) {
            taken = new HashMap<>();
        }
        taken.put(execution.getId(), transition);
    }

    /** Null where the execution came by no flow, or by one that can't be told for certain. */
    VisitedNode.@Nullable Way way(ExecutionEntity execution, VisitedNode node, TransactionBuffer told, EntryRef entry) {
        VisitedNode.Way only = node.onlyWay();
        if (only != null) {
            return node.isForgotten() || told.hasLeft(entry, only.from()) ? only : null;
        }
        ActivityImpl reached = bodyOf(node.activity());
        // A node with a scope of its own, or many visits, runs in a child of the execution that took the flow.
        int generations = reached == node.activity() ? 2 : 3;
        ExecutionEntity candidate = execution;
        for (int i = 0; i < generations && candidate != null; i++) {
            TransitionImpl flow = taken.get(candidate.getId());
            if (flow != null && flow.getDestination() == reached) {
                return VisitedNode.Way.of(flow);
            }
            candidate = candidate.getParent();
        }
        return inferred(reached, node);
    }

    /** And it is taken in the transaction in which its source is left: then the visits tell that it was. */
    static boolean isTheOnlyWay(PvmTransition flow) {
        return flow.getSource().getOutgoingTransitions().size() == 1
                && !((ActivityImpl) flow.getSource()).isAsyncAfter()
                && flow.getDestination().getIncomingTransitions().size() == 1;
    }

    /** The node of the diagram the flow comes from: of many visits the engine's flow begins at their body. */
    static String nodeFrom(PvmTransition flow) {
        ActivityImpl source = (ActivityImpl) flow.getSource();
        return isBody(source) ? source.getId().substring(0, source.getId().indexOf(BODY)) : source.getId();
    }

    /** After a job the engine has forgotten the flow: it is certain where only one leads here. */
    private static VisitedNode.@Nullable Way inferred(ActivityImpl reached, VisitedNode node) {
        List<PvmTransition> incoming = reached.getIncomingTransitions();
        return node.isForgotten() && incoming.size() == 1 ? VisitedNode.Way.of(incoming.get(0)) : null;
    }

    static ActivityImpl bodyOf(ActivityImpl node) {
        return node.getFlowScope() instanceof ActivityImpl around && isBody(around) ? around : node;
    }

    static boolean isBody(ActivityImpl activity) {
        return "multiInstanceBody".equals(activity.getProperty("type"));
    }

    /** Of its flows one alone is taken. Others may take several at once: the arrivals tell which. */
    static boolean decides(ActivityImpl node) {
        return node.getOutgoingTransitions().size() > 1 && "exclusiveGateway".equals(node.getProperty("type"));
    }

    /** The name of the flow a decision took, else its id; null where its node decides nothing. */
    static @Nullable String branch(TransitionImpl taken) {
        if (!decides(taken.getSource())) {
            return null;
        }
        Object name = taken.getProperty("name");
        return name instanceof String text && !text.isBlank() ? text : taken.getId();
    }
}
