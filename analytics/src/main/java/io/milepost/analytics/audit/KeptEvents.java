package io.milepost.analytics.audit;

import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.JourneyCells;
import io.milepost.analytics.cell.Range;
import io.milepost.analytics.cell.Rejections;
import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.HistoryEvent;
import io.milepost.analytics.history.Journey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds stored events in the histories, and entries that were turned away among the cells. Holds the lock. */
final class KeptEvents {

    /** How an event stands. */
    enum Standing {
        KEPT,
        MISSING,
        /** Nothing keeps such an event by itself: an engagement whose message is not known. */
        UNTOLD
    }

    private final Cells cells;
    private final Histories histories;

    KeptEvents(Cells cells) {
        this.cells = cells;
        this.histories = cells.histories();
    }

    Standing of(AcceptedEvent event) {
        return switch (event.type) {
            case JOURNEY_DEFINED -> told(isDefined(event));
            case IMPORT_FINISHED -> told(isImported(event));
            case USER_ACTED, USER_PROFILED -> ofUser(event);
            case ENTRY_REJECTED -> told(isCounted(event) && (event.userId == null || ofUser(event) == Standing.KEPT));
            case MESSAGE_ENGAGED -> ofMessage(event);
            default -> ofEntry(event);
        };
    }

    private static Standing told(boolean kept) {
        return kept ? Standing.KEPT : Standing.MISSING;
    }

    private @Nullable Journey journey(AcceptedEvent event) {
        return histories.journey(Objects.requireNonNull(event.journeyId));
    }

    private boolean isDefined(AcceptedEvent event) {
        Journey journey = journey(event);
        return journey != null && journey.version(event.version) != null;
    }

    private boolean isImported(AcceptedEvent event) {
        Journey journey = journey(event);
        return journey != null
                && journey.imports().stream().anyMatch(known -> known.id().equals(event.importId));
    }

    /** Among those who were turned away, at its time and with its user. */
    private boolean isCounted(AcceptedEvent event) {
        Journey journey = journey(event);
        int reason = event.reason == null ? -1 : histories.words().find(event.reason);
        Rejections alike = journey == null
                ? null
                : cells.of(journey).rejections().get(new JourneyCells.Rejected(event.version, reason));
        if (alike == null) {
            return false;
        }
        int user = event.userId == null ? -1 : histories.findUser(event.userId);
        boolean[] found = {false};
        alike.each(new Range(event.time, event.time + 1), (time, who) -> found[0] |= who == user);
        return found[0];
    }

    private Standing ofUser(AcceptedEvent event) {
        int user = histories.findUser(Objects.requireNonNull(event.userId));
        return told(user >= 0 && has(histories.ofUser(user), event));
    }

    private Standing ofEntry(AcceptedEvent event) {
        Journey journey = journey(event);
        int entry = journey == null ? -1 : histories.findEntry(journey, Objects.requireNonNull(event.entryId));
        return told(entry >= 0 && has(histories.ofEntry(entry), event));
    }

    private Standing ofMessage(AcceptedEvent event) {
        int message = histories.findMessage(Objects.requireNonNull(event.messageId));
        if (message < 0) {
            return Standing.MISSING;
        }
        List<HistoryEvent> wandering = histories.ofWandering(message);
        List<HistoryEvent> known = new ArrayList<>(wandering == null ? List.of() : wandering);
        histories.entriesOfMessage(message, entry -> known.addAll(histories.ofEntry(entry)));
        return known.isEmpty() ? Standing.UNTOLD : told(has(known, event));
    }

    private boolean has(List<HistoryEvent> events, AcceptedEvent wanted) {
        return events.stream()
                .anyMatch(event -> event.id.toString().equals(wanted.id)
                        && histories.sources().name(event.source).equals(wanted.source));
    }
}
