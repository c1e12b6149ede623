package io.milepost.operaton;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.engine.impl.HistoricActivityInstanceQueryImpl;
import org.operaton.bpm.engine.impl.context.Context;
import org.operaton.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.operaton.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.operaton.bpm.engine.impl.history.event.HistoricScopeInstanceEvent;
import org.operaton.bpm.engine.impl.history.event.HistoryEvent;
import org.operaton.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.operaton.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.operaton.bpm.engine.impl.persistence.entity.HistoricProcessInstanceEntity;

/**
 * When things happened, by the engine's history where it keeps one: a replay then tells the same times. Otherwise now. Of
 * one transaction.
 */
final class EngineTimes {
    private Map<String, HistoricScopeInstanceEvent> heard = Map.of();

    Instant began(ExecutionEntity instance, Instant now) {
        String id = instance.getProcessInstanceId();
        HistoricScopeInstanceEvent event = heard.get(id);
        if (event != null) {
            return time(event.getStartTime(), now);
        }
        // A start event with a job before it: the instance is older than this transaction. Null without a history.
        HistoricProcessInstanceEntity past =
                Context.getCommandContext().getHistoricProcessInstanceManager().findHistoricProcessInstance(id);
        return time(past == null ? null : past.getStartTime(), now);
    }

    Instant over(ExecutionEntity instance, Instant now) {
        HistoricScopeInstanceEvent event = heard.get(instance.getProcessInstanceId());
        return time(event == null ? null : event.getEndTime(), now);
    }

    Instant arrived(ExecutionEntity visit, Instant now) {
        HistoricScopeInstanceEvent event = heard.get(visit.getActivityInstanceId());
        return time(event == null ? null : event.getStartTime(), now);
    }

    Stay left(ExecutionEntity visit, Instant now) {
        HistoricScopeInstanceEvent event = heard.get(visit.getActivityInstanceId());
        // The end counts one more than the arrival did; of one that arrived in this transaction the history tells.
        long counted = visit.getSequenceCounter() - 1;
        if (event == null) {
            return new Stay(null, now, counted);
        }
        Date began = event.getStartTime();
        return new Stay(
                began == null ? null : began.toInstant(), time(event.getEndTime(), now), counter(event, counted));
    }

    private static long counter(HistoricScopeInstanceEvent event, long counted) {
        if (event.getSequenceCounter() > 0) {
            return event.getSequenceCounter();
        }
        Date began = event.getStartTime();
        Date ended = event.getEndTime();
        boolean atOnce = began != null && ended != null && began.getTime() == ended.getTime();
        return atOnce ? kept(event, counted) : counted;
    }

    /**
     * Of a visit that an earlier transaction began in this very millisecond. A sub-process counts what happens inside, so the
     * row of the history is read once more: past the engine's cache, which has the end instead.
     */
    private static long kept(HistoricScopeInstanceEvent event, long otherwise) {
        List<?> rows = Context.getCommandContext()
                .getDbSqlSession()
                .selectList(
                        "selectHistoricActivityInstancesByQueryCriteria",
                        new HistoricActivityInstanceQueryImpl().activityInstanceId(event.getId()));
        return rows.isEmpty() ? otherwise : ((HistoryEvent) rows.get(0)).getSequenceCounter();
    }

    void hear(HistoricScopeInstanceEvent event) {
        if (heard.isEmpty()) {
            heard = new HashMap<>();
        }
        heard.put(event.getId(), event);
    }

    private static Instant time(@Nullable Date told, Instant now) {
        return told == null ? now : told.toInstant();
    }

    /**
     * A visit that ended.
     *
     * @param arrived null = not known
     */
    record Stay(@Nullable Instant arrived, Instant left, long counter) {}

    /** Listens to the history of visits and instances, before the engine's own listeners tell us of them. */
    record Hearing(Capture capture) implements HistoryEventHandler {
        @Override
        public void handleEvent(HistoryEvent event) {
            if (event instanceof HistoricActivityInstanceEventEntity
                    || event instanceof HistoricProcessInstanceEventEntity) {
                capture.safely("a time of the history", (HistoricScopeInstanceEvent) event, Hearing::keep);
            }
        }

        @Override
        public void handleEvents(List<HistoryEvent> events) {
            events.forEach(this::handleEvent);
        }

        private static void keep(HistoricScopeInstanceEvent event) {
            Capture.buffer().times().hear(event);
        }
    }
}
