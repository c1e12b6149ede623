package io.milepost.flowable;

import io.milepost.spi.ExitReason;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.JourneyExited;
import java.util.ArrayList;
import java.util.List;
import org.flowable.bpmn.model.Activity;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.engine.history.DeleteReason;
import org.flowable.engine.history.HistoricActivityInstance;
import org.jspecify.annotations.Nullable;

/** How entries end in this engine. */
final class Endings {
    /** Of several visits in a row the engine deletes the last one, completed, for this reason. */
    private static final String LAST_ROUND = "MI_END";

    private Endings() {}

    /**
     * The engine may end an entry before the visits it still has: the same events with each entry's end after all else of
     * it. Sequences are those of the places.
     */
    static List<JourneyEvent> last(List<JourneyEvent> events) {
        List<JourneyEvent> ordered = new ArrayList<>(events.size());
        List<JourneyEvent> ends = new ArrayList<>();
        for (JourneyEvent event : events) {
            (event instanceof JourneyExited ? ends : ordered).add(event);
        }
        ordered.addAll(ends);
        return ordered;
    }

    static ExitReason reason(@Nullable String deleteReason) {
        return deleteReason == null || deleteReason.startsWith(DeleteReason.TERMINATE_END_EVENT)
                ? ExitReason.COMPLETED
                : ExitReason.CANCELLED;
    }

    /** Whether a visit was cut off. The engine also gives a reason for deleting some that were completed. */
    static boolean isCancelled(HistoricActivityInstance visit, @Nullable FlowElement node) {
        String reason = visit.getDeleteReason();
        if (reason == null || "endEvent".equals(visit.getActivityType())) {
            return false;
        }
        return !(reason.equals(LAST_ROUND) && isOneByOne(node));
    }

    private static boolean isOneByOne(@Nullable FlowElement node) {
        return node instanceof Activity activity
                && activity.getLoopCharacteristics() != null
                && activity.getLoopCharacteristics().isSequential();
    }
}
