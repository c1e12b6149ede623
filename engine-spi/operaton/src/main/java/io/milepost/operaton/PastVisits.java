package io.milepost.operaton;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.engine.history.HistoricActivityInstance;
import org.operaton.bpm.engine.impl.history.event.HistoryEvent;
import org.operaton.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.operaton.bpm.engine.impl.pvm.PvmTransition;
import org.operaton.bpm.engine.impl.pvm.process.ActivityImpl;
import org.operaton.bpm.engine.impl.pvm.process.TransitionImpl;

/**
 * The visits of one instance, as the history keeps them, with what it doesn't keep: by which flow each came and which
 * branch a decision took. That follows from the diagram and from which visit ended last before the next one began, in
 * the same execution first of all.
 */
final class PastVisits {
    private final ProcessDefinitionEntity process;
    private final List<HistoricActivityInstance> visits;
    private final Map<String, TransitionImpl> cameBy = new HashMap<>();
    private final Map<String, Set<TransitionImpl>> leftBy = new HashMap<>();

    PastVisits(ProcessDefinitionEntity process, List<HistoricActivityInstance> visits) {
        this.process = process;
        this.visits = visits.stream().filter(visit -> !isBody(visit)).toList();
        this.visits.forEach(visit -> trace(visit, this::inTheSameExecution));
        this.visits.stream()
                .filter(visit -> !cameBy.containsKey(visit.getId()))
                .forEach(visit -> trace(visit, this::isFree));
    }

    List<HistoricActivityInstance> visits() {
        return visits;
    }

    static long counter(HistoricActivityInstance visit) {
        return ((HistoryEvent) visit).getSequenceCounter();
    }

    /** As the engine itself knew it then: after a job it doesn't, unless only one flow leads there. */
    @Nullable
    PvmTransition edge(HistoricActivityInstance visit) {
        ActivityImpl node = node(visit);
        if (node == null) {
            return null;
        }
        ActivityImpl reached = Arrivals.bodyOf(node);
        List<PvmTransition> incoming = reached.getIncomingTransitions();
        if (reached.isAsyncBefore()) {
            return incoming.size() == 1 ? incoming.get(0) : null;
        }
        TransitionImpl came = cameBy.get(visit.getId());
        boolean inferred = came == null && reached != node && incoming.size() == 1;
        return inferred ? incoming.get(0) : came;
    }

    /** The branch a decision took; null where the node decides nothing or that isn't known. */
    @Nullable
    String branch(HistoricActivityInstance visit) {
        Set<TransitionImpl> taken = leftBy.getOrDefault(visit.getId(), Set.of());
        ActivityImpl node = node(visit);
        boolean told = node != null && !node.isScope() && !node.isAsyncAfter() && taken.size() == 1;
        return told ? Arrivals.branch(taken.iterator().next()) : null;
    }

    /** The event that ended the wait of a gateway; null where the visit is none or was cut off. */
    @Nullable
    String eventThatCame(HistoricActivityInstance gateway) {
        if (!"eventBasedGateway".equals(gateway.getActivityType()) || gateway.getEndTime() == null) {
            return null;
        }
        return visits.stream()
                .filter(visit -> isEventOf(gateway, visit))
                .filter(visit -> !visit.getStartTime().before(gateway.getEndTime()))
                .min(Comparator.comparing(HistoricActivityInstance::getStartTime))
                .map(HistoricActivityInstance::getActivityId)
                .orElse(null);
    }

    private boolean isEventOf(HistoricActivityInstance gateway, HistoricActivityInstance visit) {
        ActivityImpl node = node(visit);
        return node != null
                && node.getEventScope() instanceof ActivityImpl around
                && around.getId().equals(gateway.getActivityId());
    }

    private void trace(
            HistoricActivityInstance visit, BiPredicate<HistoricActivityInstance, HistoricActivityInstance> canFollow) {
        ActivityImpl node = node(visit);
        if (node == null) {
            return;
        }
        Map<String, TransitionImpl> flows = new HashMap<>();
        for (PvmTransition flow : Arrivals.bodyOf(node).getIncomingTransitions()) {
            flows.putIfAbsent(Arrivals.nodeFrom(flow), (TransitionImpl) flow);
        }
        visits.stream()
                .filter(earlier -> flows.containsKey(earlier.getActivityId()))
                .filter(earlier -> mayLeadTo(visit, earlier) && canFollow.test(earlier, visit))
                .max(Comparator.comparing(HistoricActivityInstance::getEndTime).thenComparing(PastVisits::counter))
                .ifPresent(before -> join(before, Objects.requireNonNull(flows.get(before.getActivityId())), visit));
    }

    private boolean inTheSameExecution(HistoricActivityInstance before, HistoricActivityInstance visit) {
        return Objects.equals(before.getExecutionId(), visit.getExecutionId());
    }

    /** The last of several branches goes on in another execution: it comes from what no other visit came from. */
    private boolean isFree(HistoricActivityInstance before, HistoricActivityInstance visit) {
        return leftBy.getOrDefault(before.getId(), Set.of()).stream()
                .noneMatch(taken -> taken.getDestination().getId().equals(visit.getActivityId()));
    }

    private void join(HistoricActivityInstance before, TransitionImpl flow, HistoricActivityInstance visit) {
        cameBy.put(visit.getId(), flow);
        leftBy.computeIfAbsent(before.getId(), fresh -> new TreeSet<>(Comparator.comparing(TransitionImpl::getId)))
                .add(flow);
    }

    private static boolean mayLeadTo(HistoricActivityInstance visit, HistoricActivityInstance earlier) {
        return earlier.getEndTime() != null
                && !earlier.isCanceled()
                && !earlier.getEndTime().after(visit.getStartTime())
                && counter(earlier) < counter(visit);
    }

    /** Null where a migration has left a node behind. */
    private @Nullable ActivityImpl node(HistoricActivityInstance visit) {
        return process.findActivity(visit.getActivityId());
    }

    private static boolean isBody(HistoricActivityInstance visit) {
        return "multiInstanceBody".equals(visit.getActivityType());
    }
}
