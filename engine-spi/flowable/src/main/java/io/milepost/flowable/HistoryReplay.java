package io.milepost.flowable;

import io.milepost.spi.EntryRef;
import io.milepost.spi.EventSource;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;
import io.milepost.spi.Places;
import io.milepost.spi.ReplaySource;
import io.milepost.spi.UserResolver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.flowable.bpmn.model.SequenceFlow;
import org.flowable.common.engine.api.query.Query;
import org.flowable.engine.HistoryService;
import org.flowable.engine.history.HistoricActivityInstance;
import org.flowable.engine.history.HistoricProcessInstance;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.variable.api.history.HistoricVariableInstance;
import org.jspecify.annotations.Nullable;

/** Tells again what the engine's history knows: entries and visits, as the events they were told as at first. */
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
        for (String instance : instancesOf(Date.from(from.minusMillis(1)), Date.from(to))) {
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
            List<JourneyEvent> events = eventsOf(instance).stream()
                    .filter(event ->
                            !event.time().isBefore(from) && event.time().isBefore(to))
                    .toList();
            if (!events.isEmpty()) {
                into.emit(new JourneyEventBatch(events));
                told += events.size();
            }
        }
        return told;
    }

    /** Those that something happened to in that time, so that the cost is that of the time and not of the whole history. */
    private Set<String> instancesOf(Date from, Date to) {
        HistoryService past = engine.getHistoryService();
        Set<String> found = new LinkedHashSet<>();
        Consumer<HistoricProcessInstance> instance = record -> found.add(record.getId());
        Consumer<HistoricActivityInstance> visit = record -> found.add(record.getProcessInstanceId());
        inPages(
                past.createHistoricProcessInstanceQuery()
                        .startedAfter(from)
                        .startedBefore(to)
                        .orderByProcessInstanceId()
                        .asc(),
                instance);
        inPages(
                past.createHistoricProcessInstanceQuery()
                        .finishedAfter(from)
                        .finishedBefore(to)
                        .orderByProcessInstanceId()
                        .asc(),
                instance);
        inPages(
                past.createHistoricActivityInstanceQuery()
                        .startedAfter(from)
                        .startedBefore(to)
                        .orderByHistoricActivityInstanceId()
                        .asc(),
                visit);
        inPages(
                past.createHistoricActivityInstanceQuery()
                        .finishedAfter(from)
                        .finishedBefore(to)
                        .orderByHistoricActivityInstanceId()
                        .asc(),
                visit);
        return found;
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
        List<JourneyEvent> events = new ArrayList<>();
        Instant began = instance.getStartTime().toInstant();
        events.add(source().journeyEntered(began, entry.at(Places.ofStart(began)))
                .calledBy(instance.getSuperProcessInstanceId()));
        PastVisits past = new PastVisits(
                engine.getRepositoryService().getBpmnModel(instance.getProcessDefinitionId()), records(instance));
        past.visits().forEach(visit -> addVisit(visit, past, entry, events));
        events.sort(Comparator.comparing(JourneyEvent::time));
        if (instance.getEndTime() != null) {
            Instant over = instance.getEndTime().toInstant();
            events.add(source().journeyExited(
                            over, entry.at(Places.ofEnd(over)), Endings.reason(instance.getDeleteReason()))
                    .at(instance.getEndActivityId()));
        }
        return events;
    }

    private void addVisit(HistoricActivityInstance visit, PastVisits past, EntryRef entry, List<JourneyEvent> events) {
        Date ended = visit.getEndTime();
        if (Visits.isBoundary(visit)) {
            if (past.came(visit)) {
                events.addAll(Visits.came(source(), entry, visit, ended.toInstant()));
            }
            return;
        }
        JourneyEvent.NodeEntered arrived = Visits.arrived(
                        source(), entry, visit, visit.getStartTime().toInstant())
                .within(past.parent(visit));
        SequenceFlow edge = past.edge(visit);
        events.add(edge == null ? arrived : arrived.from(edge.getSourceRef(), edge.getId()));
        if (ended != null) {
            JourneyEvent.NodeExited left = Visits.left(source(), entry, visit, ended.toInstant());
            boolean decision = "exclusiveGateway".equals(visit.getActivityType());
            String branch = decision ? past.branch(visit) : null;
            boolean cancelled = Endings.isCancelled(visit, past.node(visit));
            events.add(cancelled ? left.asCancelled() : branch == null ? left : left.withOutcome(branch));
        }
    }

    private List<HistoricActivityInstance> records(HistoricProcessInstance instance) {
        return engine.getHistoryService()
                .createHistoricActivityInstanceQuery()
                .processInstanceId(instance.getId())
                .list();
    }

    private @Nullable HistoricProcessInstance instance(String id) {
        return engine.getHistoryService()
                .createHistoricProcessInstanceQuery()
                .processInstanceId(id)
                .singleResult();
    }

    private HistoricProcessInstance root(HistoricProcessInstance instance) {
        HistoricProcessInstance root = instance;
        for (String caller = root.getSuperProcessInstanceId(); caller != null; ) {
            HistoricProcessInstance found = instance(caller);
            if (found == null) {
                return root;
            }
            root = found;
            caller = root.getSuperProcessInstanceId();
        }
        return root;
    }

    private EventSource source() {
        return capture.source();
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
            HistoricVariableInstance variable = engine.getHistoryService()
                    .createHistoricVariableInstanceQuery()
                    .processInstanceId(past.getId())
                    .excludeTaskVariables()
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
