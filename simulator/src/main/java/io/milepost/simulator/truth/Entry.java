package io.milepost.simulator.truth;

import io.milepost.spi.EntryRef;
import io.milepost.spi.ExitReason;
import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.JourneyEntered;
import io.milepost.spi.JourneyEvent.JourneyExited;
import io.milepost.spi.JourneyEvent.OutcomeReached;
import io.milepost.spi.JourneyEvent.UserActed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pass of a person through a journey. */
final class Entry {

    private final EntryRef first;
    private final Instant firstAt;
    private final Map<String, Visit> visitsById = new LinkedHashMap<>();
    private @Nullable JourneyEntered entered;
    private @Nullable JourneyExited exited;
    private List<Visit> visits = List.of();
    private @Nullable JourneyDefinition definition;

    final List<OutcomeReached> outcomes = new ArrayList<>(2);
    final List<Message> messages = new ArrayList<>(4);
    /** The conversion events at or after the start, window or not, in canonical order. */
    final List<UserActed> goals = new ArrayList<>(2);
    /** Those of them that convert the entry. */
    final List<UserActed> conversions = new ArrayList<>(2);

    /** @param earliest of the events with its entry fields */
    Entry(EntryRef ref, JourneyEvent earliest) {
        first = ref;
        firstAt = earliest.time();
    }

    void entered(JourneyEntered event) {
        entered = entered == null ? event : entered;
    }

    void exited(JourneyExited event) {
        exited = exited == null ? event : exited;
    }

    Visit visit(String visitId) {
        return visitsById.computeIfAbsent(visitId, id -> new Visit());
    }

    /** To be called once all events are known. */
    void settle(Definitions definitions, List<UserActed> deeds) {
        visits = Facts.inOrder(visitsById.values());
        definition = definitions.of(journeyId(), version());
        if (definition == null || definition.conversionEvent() == null) {
            return;
        }
        for (UserActed deed : deeds) {
            if (Conditions.isGoal(definition, deed) && !deed.time().isBefore(startedAt())) {
                goals.add(deed);
                if (windowIsOpen(deed.time())) {
                    conversions.add(deed);
                }
            }
        }
    }

    String userId() {
        return entered == null ? first.userId() : entered.entry().userId();
    }

    String entryId() {
        return first.entryId();
    }

    String journeyId() {
        return first.journeyId();
    }

    long version() {
        return entered == null ? first.version() : entered.entry().version();
    }

    @Nullable
    String variant() {
        return entered == null ? null : entered.variant();
    }

    boolean test() {
        return entered != null && entered.test();
    }

    Instant startedAt() {
        return entered == null ? firstAt : entered.time();
    }

    boolean active() {
        return exited == null;
    }

    @Nullable
    Instant exitedAt() {
        return exited == null ? null : exited.time();
    }

    @Nullable
    ExitReason reason() {
        return exited == null ? null : exited.reason();
    }

    /** Where it left: as the exit says, else the node of the last visit; null where neither is known. */
    @Nullable
    String exitNode() {
        if (exited == null) {
            return null;
        }
        if (exited.nodeId() != null) {
            return exited.nodeId();
        }
        return visits.isEmpty() ? null : visits.get(visits.size() - 1).node();
    }

    /** In canonical order. */
    List<Visit> visits() {
        return visits;
    }

    boolean converted() {
        return !conversions.isEmpty();
    }

    boolean open(Instant asOf) {
        return definition != null && definition.conversionEvent() != null && !converted() && windowIsOpen(asOf);
    }

    /** Not exited, or no window, or no later than its end. */
    private boolean windowIsOpen(Instant at) {
        Duration window = definition == null ? null : definition.attributionWindow();
        return exited == null || window == null || !at.isAfter(exited.time().plus(window));
    }
}
