package io.milepost.analytics.audit;

import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.HistoryEvent;
import io.milepost.analytics.history.Journey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds stored events in the histories. Holds the lock. */
final class KeptEvents {

    /** How an event stands. */
    enum Standing {
        KEPT,
        MISSING,
        /** Nothing keeps such an event by itself: an engagement whose message is not known, a rejection of nobody. */
        UNTOLD
    }

    private final Histories histories;

    KeptEvents(Histories histories) {
        this.histories = histories;
    }

    Standing of(AcceptedEvent event) {
        return switch (event.type) {
            case JOURNEY_DEFINED -> told(isDefined(event));
            case IMPORT_FINISHED -> told(isImported(event));
            case USER_ACTED, USER_PROFILED -> ofUser(event);
            case ENTRY_REJECTED -> event.userId == null ? Standing.UNTOLD : ofUser(event);
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
