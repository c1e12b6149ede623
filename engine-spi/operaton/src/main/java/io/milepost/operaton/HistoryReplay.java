package io.milepost.operaton;

import io.milepost.spi.EntryRef;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;
import io.milepost.spi.Places;
import io.milepost.spi.ReplaySource;
import io.milepost.spi.UserResolver;
import io.milepost.spi.VisitRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.engine.HistoryService;
import org.operaton.bpm.engine.history.HistoricActivityInstance;
import org.operaton.bpm.engine.history.HistoricActivityInstanceQuery;
import org.operaton.bpm.engine.history.HistoricProcessInstance;
import org.operaton.bpm.engine.history.HistoricProcessInstanceQuery;
import org.operaton.bpm.engine.history.HistoricVariableInstance;
import org.operaton.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.operaton.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.operaton.bpm.engine.impl.pvm.PvmTransition;
import org.operaton.bpm.engine.impl.pvm.process.ActivityImpl;
import org.operaton.bpm.engine.query.Query;

/** Tells again what the engine's history knows: entries and visits, by the ids they were told with at first. */
final class HistoryReplay implements ReplaySource {
    private static final int PAGE = 500;

    private final Capture capture;
    private final ProcessEngineConfigurationImpl engine;

    HistoryReplay(Capture capture, ProcessEngineConfigurationImpl engine) {
        this.capture = capture;
        this.engine = engine;
    }

    @Override
    public long replay(Instant from, Instant to, JourneyEventSink into) {
        long told = 0;
        for (String instance : instancesOf(Date.from(from), Date.from(to))) {
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
            List<JourneyEvent> events = between(from, to, eventsOf(instance));
            if (!events.isEmpty()) {
                into.emit(new JourneyEventBatch(events));
                told += events.size();
            }
        }
        return told;
    }

    /** Those that something happened to in that time, so that the cost is that of the time and not of the whole history. */
    private Set<String> instancesOf(Date from, Date to) {
        HistoryService history = history();
        Set<String> found = new LinkedHashSet<>();
        addInstances(
                history.createHistoricProcessInstanceQuery().startedAfter(from).startedBefore(to), found);
        addInstances(
                history.createHistoricProcessInstanceQuery().finishedAfter(from).finishedBefore(to), found);
        addVisited(
                history.createHistoricActivityInstanceQuery().startedAfter(from).startedBefore(to), found);
        addVisited(
                history.createHistoricActivityInstanceQuery()
                        .finishedAfter(from)
                        .finishedBefore(to),
                found);
        return found;
    }

    private static void addInstances(HistoricProcessInstanceQuery query, Set<String> found) {
        inPages(query.orderByProcessInstanceId().asc(), instance -> found.add(instance.getId()));
    }

    private static void addVisited(HistoricActivityInstanceQuery query, Set<String> found) {
        inPages(query.orderByHistoricActivityInstanceId().asc(), visit -> found.add(visit.getProcessInstanceId()));
    }

    private static <T> void inPages(Query<?, T> query, Consumer<T> taker) {
        List<T> page;
        int first = 0;
        do {
            page = query.listPage(first, PAGE);
            page.forEach(taker);
            first += PAGE;
        } while (page.size() == PAGE);
    }

    private List<JourneyEvent> eventsOf(String instanceId) {
        HistoricProcessInstance instance = instance(instanceId);
        String user = instance == null ? null : capture.context().users().userOf(new PastInstance(root(instance)));
        if (instance == null || user == null) {
            return List.of();
        }
        EntryRef entry = new EntryRef(
                JourneyIds.of(instance.getProcessDefinitionKey(), instance.getTenantId()),
                instance.getProcessDefinitionVersion(),
                instance.getId(),
                user);
        ProcessDefinitionEntity process = definition(instance);
        PastVisits past = new PastVisits(process, visitsOf(instance));
        List<JourneyEvent> events = new ArrayList<>();
        Instant began = instance.getStartTime().toInstant();
        events.add(capture.source()
                .journeyEntered(began, entry.at(Places.ofStart(began)))
                .calledBy(instance.getSuperProcessInstanceId()));
        past.visits().forEach(visit -> addVisit(visit, past, entry, events));
        if (instance.getEndTime() != null) {
            events.add(ended(instance, process, entry));
        }
        events.sort(Comparator.comparing(JourneyEvent::time).thenComparing(HistoryReplay::place));
        return events;
    }

    private void addVisit(HistoricActivityInstance told, PastVisits past, EntryRef entry, List<JourneyEvent> events) {
        VisitRef visit = new VisitRef(told.getActivityId(), told.getId());
        String parent = told.getParentActivityInstanceId();
        Instant arrived = told.getStartTime().toInstant();
        long counter = PastVisits.counter(told);
        JourneyEvent.NodeEntered entered = capture.source()
                .nodeEntered(arrived, entry.at(Places.ofArrival(arrived, counter)), visit)
                .within(told.getProcessInstanceId().equals(parent) ? null : parent);
        PvmTransition edge = past.edge(told);
        events.add(edge == null ? entered : entered.from(Arrivals.nodeFrom(edge), edge.getId()));
        if (told.getEndTime() != null) {
            Instant left = told.getEndTime().toInstant();
            JourneyEvent.NodeExited exited =
                    capture.source().nodeExited(left, entry.at(Places.ofExit(arrived, left, counter)), visit);
            events.add(ended(exited, told, past));
        }
    }

    private static JourneyEvent ended(JourneyEvent.NodeExited exited, HistoricActivityInstance told, PastVisits past) {
        String event = past.eventThatCame(told);
        if (event != null) {
            return exited.withOutcome(event);
        }
        String branch = past.branch(told);
        return told.isCanceled() ? exited.asCancelled() : branch == null ? exited : exited.withOutcome(branch);
    }

    private JourneyEvent ended(HistoricProcessInstance instance, ProcessDefinitionEntity process, EntryRef entry) {
        Instant over = instance.getEndTime().toInstant();
        String end = instance.getEndActivityId();
        ActivityImpl last = end == null ? null : process.findActivity(end);
        boolean cancelled = !HistoricProcessInstance.STATE_COMPLETED.equals(instance.getState());
        return capture.source()
                .journeyExited(over, entry.at(Places.ofEnd(over)), Endings.reason(last, cancelled))
                .at(end);
    }

    private static long place(JourneyEvent event) {
        EntryRef entry = event instanceof JourneyEvent.JourneyEntered begun
                ? begun.entry()
                : event instanceof JourneyEvent.NodeEntered in
                        ? in.entry()
                        : event instanceof JourneyEvent.NodeExited out
                                ? out.entry()
                                : ((JourneyEvent.JourneyExited) event).entry();
        return Objects.requireNonNull(entry.sequence());
    }

    private ProcessDefinitionEntity definition(HistoricProcessInstance instance) {
        return engine.getCommandExecutorTxRequired().execute(command -> engine.getDeploymentCache()
                .findDeployedProcessDefinitionById(instance.getProcessDefinitionId()));
    }

    private List<HistoricActivityInstance> visitsOf(HistoricProcessInstance instance) {
        return history()
                .createHistoricActivityInstanceQuery()
                .processInstanceId(instance.getId())
                .orderPartiallyByOccurrence()
                .asc()
                .list();
    }

    private HistoricProcessInstance root(HistoricProcessInstance instance) {
        String root = instance.getRootProcessInstanceId();
        if (root == null || root.equals(instance.getId())) {
            return instance;
        }
        HistoricProcessInstance found = instance(root);
        return found == null ? instance : found;
    }

    private @Nullable HistoricProcessInstance instance(String id) {
        return history()
                .createHistoricProcessInstanceQuery()
                .processInstanceId(id)
                .singleResult();
    }

    private HistoryService history() {
        return engine.getHistoryService();
    }

    private static List<JourneyEvent> between(Instant from, Instant to, List<JourneyEvent> events) {
        return events.stream()
                .filter(event -> !event.time().isBefore(from) && event.time().isBefore(to))
                .toList();
    }

    private final class PastInstance implements UserResolver.Instance {
        private final HistoricProcessInstance past;

        PastInstance(HistoricProcessInstance past) {
            this.past = past;
        }

        @Override
        public String id() {
            return past.getId();
        }

        @Override
        public String journeyId() {
            return JourneyIds.of(past.getProcessDefinitionKey(), past.getTenantId());
        }

        @Override
        public @Nullable String businessKey() {
            return past.getBusinessKey();
        }

        @Override
        public @Nullable Object variable(String name) {
            HistoricVariableInstance variable = history()
                    .createHistoricVariableInstanceQuery()
                    .processInstanceId(past.getId())
                    .activityInstanceIdIn(past.getId())
                    .variableName(name)
                    .singleResult();
            return variable == null ? null : variable.getValue();
        }

        @Override
        public @Nullable String tenantId() {
            return past.getTenantId();
        }
    }
}
