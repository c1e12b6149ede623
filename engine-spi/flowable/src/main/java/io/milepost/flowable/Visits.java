package io.milepost.flowable;

import io.milepost.spi.EntryRef;
import io.milepost.spi.EventSource;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.Places;
import io.milepost.spi.VisitRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.flowable.bpmn.model.SubProcess;
import org.flowable.engine.history.HistoricActivityInstance;
import org.jspecify.annotations.Nullable;

/** What the engine's record of a visit says, the same live and in a replay. */
final class Visits {
    private Visits() {}

    static JourneyEvent.NodeEntered arrived(
            EventSource source, EntryRef entry, HistoricActivityInstance visit, Instant time) {
        return source.nodeEntered(time, entry.at(Places.ofArrival(time, order(visit))), ref(visit));
    }

    static JourneyEvent.NodeExited left(
            EventSource source, EntryRef entry, HistoricActivityInstance visit, Instant time) {
        Instant began = visit.getStartTime().toInstant();
        return source.nodeExited(time, entry.at(Places.ofExit(began, time, order(visit))), ref(visit));
    }

    /** A boundary event that came, all at the time it ended. */
    static List<JourneyEvent> came(EventSource source, EntryRef entry, HistoricActivityInstance visit, Instant time) {
        long place = Places.ofExit(time, time, order(visit));
        return List.of(arrived(source, entry, visit, time), source.nodeExited(time, entry.at(place), ref(visit)));
    }

    /** The body of a multi-instance, which is no visit to the engine: known by its node, as its history keeps no more. */
    static String body(String instanceId, String nodeId) {
        return UUID.nameUUIDFromBytes((instanceId + ' ' + nodeId).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /**
     * Whether several visits to it may be under way at once: then the history doesn't keep which of them a visit inside is part
     * of, and their body is told as its parent.
     */
    static boolean isOneOfMany(@Nullable SubProcess around) {
        for (SubProcess outer = around; outer != null; outer = outer.getSubProcess()) {
            if (outer.hasMultiInstanceLoopCharacteristics()
                    && !outer.getLoopCharacteristics().isSequential()) {
                return true;
            }
        }
        return false;
    }

    /** The engine records sequence flows as activities too. */
    static boolean isFlow(HistoricActivityInstance visit) {
        return "sequenceFlow".equals(visit.getActivityType());
    }

    static boolean isBoundary(HistoricActivityInstance visit) {
        return "boundaryEvent".equals(visit.getActivityType());
    }

    /** Among those of its transaction. */
    static int order(HistoricActivityInstance visit) {
        Integer order = visit.getTransactionOrder();
        return order == null ? 0 : order;
    }

    private static VisitRef ref(HistoricActivityInstance visit) {
        return new VisitRef(visit.getActivityId(), visit.getId());
    }
}
