package io.milepost.operaton;

import io.milepost.spi.EntryRef;
import io.milepost.spi.EventSource;
import io.milepost.spi.ExitReason;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;
import io.milepost.spi.ReplaySource;
import io.milepost.spi.UserResolver;
import io.milepost.spi.VisitRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.engine.HistoryService;
import org.operaton.bpm.engine.history.HistoricActivityInstance;
import org.operaton.bpm.engine.history.HistoricProcessInstance;
import org.operaton.bpm.engine.history.HistoricVariableInstance;
import org.operaton.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;

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
        for (int page = 0; !Thread.currentThread().isInterrupted(); page++) {
            List<HistoricProcessInstance> instances = history()
                    .createHistoricProcessInstanceQuery()
                    .startedBefore(Date.from(to))
                    .orderByProcessInstanceStartTime()
                    .asc()
                    .orderByProcessInstanceId()
                    .asc()
                    .listPage(page * PAGE, PAGE);
            for (HistoricProcessInstance instance : instances) {
                List<JourneyEvent> events = between(from, to, eventsOf(instance));
                if (!events.isEmpty()) {
                    into.emit(new JourneyEventBatch(events));
                    told += events.size();
                }
            }
            if (instances.size() < PAGE) {
                break;
            }
        }
        return told;
    }

    private List<JourneyEvent> eventsOf(HistoricProcessInstance instance) {
        String user = capture.context().users().userOf(new PastInstance(root(instance)));
        if (user == null) {
            return List.of();
        }
        EntryRef entry = new EntryRef(
                JourneyIds.of(instance.getProcessDefinitionKey(), instance.getTenantId()),
                instance.getProcessDefinitionVersion(),
                instance.getId(),
                user);
        EventSource source = capture.source();
        List<JourneyEvent> events = new ArrayList<>();
        events.add(source.journeyEntered(instance.getStartTime().toInstant(), entry)
                .calledBy(instance.getSuperProcessInstanceId()));
        for (HistoricActivityInstance visit : visitsOf(instance)) {
            addVisit(visit, entry, events);
        }
        events.sort(Comparator.comparing(JourneyEvent::time));
        if (instance.getEndTime() != null) {
            events.add(source.journeyExited(instance.getEndTime().toInstant(), entry, reason(instance)));
        }
        return events;
    }

    private void addVisit(HistoricActivityInstance past, EntryRef entry, List<JourneyEvent> events) {
        if ("multiInstanceBody".equals(past.getActivityType())) {
            return;
        }
        VisitRef visit = new VisitRef(past.getActivityId(), past.getId());
        String parent = past.getParentActivityInstanceId();
        events.add(capture.source()
                .nodeEntered(past.getStartTime().toInstant(), entry, visit)
                .within(past.getProcessInstanceId().equals(parent) ? null : parent));
        if (past.getEndTime() != null) {
            JourneyEvent.NodeExited left =
                    capture.source().nodeExited(past.getEndTime().toInstant(), entry, visit);
            boolean cancelled = past.isCanceled() && !"eventBasedGateway".equals(past.getActivityType());
            events.add(cancelled ? left.asCancelled() : left);
        }
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
        HistoricProcessInstance found = history()
                .createHistoricProcessInstanceQuery()
                .processInstanceId(root)
                .singleResult();
        return found == null ? instance : found;
    }

    private HistoryService history() {
        return engine.getHistoryService();
    }

    private static ExitReason reason(HistoricProcessInstance instance) {
        return HistoricProcessInstance.STATE_COMPLETED.equals(instance.getState())
                ? ExitReason.COMPLETED
                : ExitReason.CANCELLED;
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
