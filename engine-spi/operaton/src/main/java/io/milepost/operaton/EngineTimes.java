package io.milepost.operaton;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.operaton.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.operaton.bpm.engine.impl.history.event.HistoricScopeInstanceEvent;
import org.operaton.bpm.engine.impl.history.event.HistoryEvent;
import org.operaton.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.operaton.bpm.engine.impl.persistence.entity.ExecutionEntity;

/**
 * When things happened, by the engine's history where it keeps one: a replay then tells the same times. Otherwise now. Of
 * one transaction.
 */
final class EngineTimes {
    private Map<String, HistoricScopeInstanceEvent> heard = Map.of();

    Instant began(ExecutionEntity instance, Instant now) {
        HistoricScopeInstanceEvent event = heard.get(instance.getProcessInstanceId());
        return time(event == null ? null : event.getStartTime(), now);
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
                began == null ? null : began.toInstant(),
                time(event.getEndTime(), now),
                event.getSequenceCounter() > 0 ? event.getSequenceCounter() : counted);
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
