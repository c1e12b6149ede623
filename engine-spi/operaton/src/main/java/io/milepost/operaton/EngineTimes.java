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
    private final Map<String, HistoricScopeInstanceEvent> heard = new HashMap<>();
    private final Map<String, Arrival> arrivals = new HashMap<>();

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
        Instant time = time(event == null ? null : event.getStartTime(), now);
        arrivals.put(visit.getActivityInstanceId(), new Arrival(time, visit.getSequenceCounter()));
        return time;
    }

    Stay left(ExecutionEntity visit, Instant now) {
        HistoricScopeInstanceEvent event = heard.get(visit.getActivityInstanceId());
        Instant left = time(event == null ? null : event.getEndTime(), now);
        Arrival arrival = arrivals.get(visit.getActivityInstanceId());
        if (arrival != null) {
            return new Stay(arrival.time(), left, arrival.counter());
        }
        Date began = event == null ? null : event.getStartTime();
        // The end counts one more than the arrival did.
        return new Stay(began == null ? null : began.toInstant(), left, visit.getSequenceCounter() - 1);
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

    private record Arrival(Instant time, long counter) {}

    /** Listens to the history of visits and instances, before the engine's own listeners tell us of them. */
    record Hearing(Capture capture) implements HistoryEventHandler {
        @Override
        public void handleEvent(HistoryEvent event) {
            if (event instanceof HistoricActivityInstanceEventEntity
                    || event instanceof HistoricProcessInstanceEventEntity) {
                capture.safely("a time of the history", () -> keep((HistoricScopeInstanceEvent) event));
            }
        }

        @Override
        public void handleEvents(List<HistoryEvent> events) {
            events.forEach(this::handleEvent);
        }

        private static void keep(HistoricScopeInstanceEvent event) {
            Capture.buffer().times().heard.put(event.getId(), event);
        }
    }
}
