package io.milepost.tck;

import io.milepost.spi.EntryRef;
import io.milepost.spi.JourneyEvent;
import org.jspecify.annotations.Nullable;

/** One event, short enough for a line. */
final class HistoryLine {
    private HistoryLine() {}

    static String of(JourneyEvent event) {
        EntryRef entry = entryOf(event);
        String who = entry == null
                ? ""
                : " %s v%d %s of %s #%s"
                        .formatted(
                                entry.journeyId(), entry.version(), entry.entryId(), entry.userId(), entry.sequence());
        return "  " + event.time() + ' ' + event.type().wireName() + who + ' ' + what(event);
    }

    static @Nullable EntryRef entryOf(JourneyEvent event) {
        if (event instanceof JourneyEvent.JourneyEntered e) {
            return e.entry();
        } else if (event instanceof JourneyEvent.NodeEntered e) {
            return e.entry();
        } else if (event instanceof JourneyEvent.NodeExited e) {
            return e.entry();
        } else if (event instanceof JourneyEvent.MessageSent e) {
            return e.entry();
        } else if (event instanceof JourneyEvent.MessageFailed e) {
            return e.entry();
        } else if (event instanceof JourneyEvent.OutcomeReached e) {
            return e.entry();
        } else if (event instanceof JourneyEvent.JourneyMigrated e) {
            return e.entry();
        } else if (event instanceof JourneyEvent.JourneyExited e) {
            return e.entry();
        }
        return null;
    }

    private static String what(JourneyEvent event) {
        if (event instanceof JourneyEvent.NodeEntered e) {
            return "'%s' visit %s by %s within %s"
                    .formatted(e.visit().nodeId(), e.visit().visitId(), e.edgeId(), e.parentVisitId());
        } else if (event instanceof JourneyEvent.NodeExited e) {
            return "'%s' visit %s%s outcome %s"
                    .formatted(e.visit().nodeId(), e.visit().visitId(), e.cancelled() ? " cancelled" : "", e.outcome());
        } else if (event instanceof JourneyEvent.JourneyExited e) {
            return e.reason().wireName() + " at '" + e.nodeId() + '\'';
        } else if (event instanceof JourneyEvent.JourneyEntered e) {
            return e.parentEntryId() == null ? "" : "called by " + e.parentEntryId();
        } else if (event instanceof JourneyEvent.MessageSent e) {
            return e.message().toString();
        } else if (event instanceof JourneyEvent.MessageFailed e) {
            return e.message() + " " + e.reason();
        } else if (event instanceof JourneyEvent.JourneyDefined e) {
            return e.definition().journeyId() + " v" + e.definition().version();
        }
        return "";
    }
}
