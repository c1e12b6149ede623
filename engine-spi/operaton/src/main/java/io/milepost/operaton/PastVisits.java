package io.milepost.operaton;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.engine.history.HistoricActivityInstance;
import org.operaton.bpm.engine.impl.history.event.HistoryEvent;
import org.operaton.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.operaton.bpm.engine.impl.pvm.PvmTransition;
import org.operaton.bpm.engine.impl.pvm.process.ActivityImpl;
import org.operaton.bpm.engine.impl.pvm.process.TransitionImpl;

/**
 * The visits of one instance, as the history keeps them, with what it doesn't keep: by which flow each came and which
 * branch a decision took. That follows from the diagram and from which visit of the same scope ended last before the next
 * one began; of those that ended at once, the one in the same execution.
 */
final class PastVisits {
    private final ProcessDefinitionEntity process;
    private final List<HistoricActivityInstance> visits;
    /** What the body of many visits is part of. */
    private final Map<String, String> around = new HashMap<>();

    private final Map<String, TransitionImpl> cameBy = new HashMap<>();
    private final Map<String, Set<TransitionImpl>> leftBy = new HashMap<>();

    PastVisits(ProcessDefinitionEntity process, List<HistoricActivityInstance> kept) {
        this.process = process;
        visits = kept.stream().filter(visit -> !isBody(visit)).toList();
        kept.stream().filter(PastVisits::isBody).forEach(body -> around.put(body.getId(), parent(body)));
        visits.stream()
                .sorted(Comparator.comparing(HistoricActivityInstance::getStartTime)
                        .thenComparing(PastVisits::counter))
                .forEach(this::trace);
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

    /** It came from what ended last, and in its own execution sooner than in another: their counters can't be compared. */
    private void trace(HistoricActivityInstance visit) {
        Map<String, TransitionImpl> flows = flowsTo(visit);
        visits.stream()
                .filter(earlier -> flows.containsKey(earlier.getActivityId()))
                .filter(earlier -> mayLeadTo(visit, earlier) && isFree(earlier, visit))
                .max(Comparator.comparing(HistoricActivityInstance::getEndTime)
                        .thenComparing(earlier -> isOfTheSameExecution(earlier, visit))
                        .thenComparing(earlier -> counter(earlier) < counter(visit))
                        .thenComparing(PastVisits::counter))
                .ifPresent(before -> join(before, Objects.requireNonNull(flows.get(before.getActivityId())), visit));
    }

    /** By the node they come from. */
    private Map<String, TransitionImpl> flowsTo(HistoricActivityInstance visit) {
        ActivityImpl node = node(visit);
        Map<String, TransitionImpl> flows = new HashMap<>();
        if (node != null) {
            for (PvmTransition flow : Arrivals.bodyOf(node).getIncomingTransitions()) {
                flows.putIfAbsent(Arrivals.nodeFrom(flow), (TransitionImpl) flow);
            }
        }
        return flows;
    }

    /** Of several branches that leave a visit each leads to one. */
    private boolean isFree(HistoricActivityInstance before, HistoricActivityInstance visit) {
        return leftBy.getOrDefault(before.getId(), Set.of()).stream()
                .noneMatch(taken -> taken.getDestination().getId().equals(visit.getActivityId()));
    }

    private static boolean isOfTheSameExecution(HistoricActivityInstance before, HistoricActivityInstance visit) {
        return Objects.equals(before.getExecutionId(), visit.getExecutionId());
    }

    private void join(HistoricActivityInstance before, TransitionImpl flow, HistoricActivityInstance visit) {
        cameBy.put(visit.getId(), flow);
        leftBy.computeIfAbsent(before.getId(), fresh -> new TreeSet<>(Comparator.comparing(TransitionImpl::getId)))
                .add(flow);
    }

    private boolean mayLeadTo(HistoricActivityInstance visit, HistoricActivityInstance earlier) {
        return earlier != visit
                && earlier.getEndTime() != null
                && !earlier.isCanceled()
                && !earlier.getEndTime().after(visit.getStartTime())
                && scope(earlier).equals(scope(visit));
    }

    /** No flow leads into another: the visit of the sub-process, or the instance, with the body of many visits left out. */
    private String scope(HistoricActivityInstance visit) {
        String parent = parent(visit);
        return around.getOrDefault(parent, parent);
    }

    private static String parent(HistoricActivityInstance visit) {
        return String.valueOf(visit.getParentActivityInstanceId());
    }

    /** Null where a migration has left a node behind. */
    private @Nullable ActivityImpl node(HistoricActivityInstance visit) {
        return process.findActivity(visit.getActivityId());
    }

    private static boolean isBody(HistoricActivityInstance visit) {
        return "multiInstanceBody".equals(visit.getActivityType());
    }
}
