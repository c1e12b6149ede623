package io.milepost.analytics.fold;

import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.HistoryEvent;
import io.milepost.analytics.history.Text;
import io.milepost.spi.JourneyEventType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Folds the events of one entry, which come in canonical order, to its facts. One fold, one thread. */
public final class EntryFold {

    private final Histories histories;
    private final int entry;

    private @Nullable HistoryEvent first;
    private @Nullable HistoryEvent entered;
    private @Nullable HistoryEvent exit;
    private final Map<Text, Visit> visits = new LinkedHashMap<>();
    private final Map<Integer, List<HistoryEvent>> messages = new LinkedHashMap<>();
    private final List<OutcomeFact> outcomes = new ArrayList<>(0);
    private int position;

    private EntryFold(Histories histories, int entry) {
        this.histories = histories;
        this.entry = entry;
    }

    /** The entry's facts as its history stands. */
    public static EntryFacts fold(Histories histories, int entry) {
        EntryFold fold = new EntryFold(histories, entry);
        histories.ofEntry(entry).forEach(fold::take);
        return fold.facts();
    }

    private void take(HistoryEvent event) {
        position++;
        if (event.ofEntry() && first == null) {
            first = event;
        }
        switch (event.type) {
            case JOURNEY_ENTERED -> entered = entered == null ? event : entered;
            case JOURNEY_EXITED -> exit = exit == null ? event : exit;
            case NODE_ENTERED -> visit(event).enter(event, position);
            case NODE_EXITED -> visit(event).leave(event, position);
            case MESSAGE_SENT, MESSAGE_FAILED, MESSAGE_ENGAGED ->
                messages.computeIfAbsent(event.message, any -> new ArrayList<>(4))
                        .add(event);
            case OUTCOME -> outcomes.add(new OutcomeFact(event.node, event.outcome, event.time, event.value));
            default -> {}
        }
    }

    private Visit visit(HistoryEvent event) {
        return visits.computeIfAbsent(event.visit, any -> new Visit());
    }

    private EntryFacts facts() {
        List<VisitFact> facts = visitFacts();
        return new EntryFacts(head(facts), facts, messageFacts(), outcomes);
    }

    private EntryHead head(List<VisitFact> facts) {
        HistoryEvent start = Objects.requireNonNull(entered != null ? entered : first);
        HistoryEvent left = exit;
        if (left == null) {
            return head(start, Histories.NEVER, -1, -1, -1);
        }
        int last = facts.isEmpty() ? -1 : facts.get(facts.size() - 1).node();
        int node = left.node >= 0 ? left.node : last;
        return head(start, left.time, left.reason, node, new Outcomes(facts).of(node));
    }

    private EntryHead head(HistoryEvent start, long exitedAt, int reason, int exitNode, int exitOutcome) {
        return new EntryHead(
                entry,
                start.user,
                start.version,
                start.variant,
                start.test,
                start.time,
                exitedAt,
                reason,
                exitNode,
                exitOutcome);
    }

    private List<VisitFact> visitFacts() {
        List<Visit> ordered = new ArrayList<>(visits.values());
        ordered.sort(Comparator.comparingInt(Visit::position));
        List<VisitFact> facts = new ArrayList<>(ordered.size());
        Outcomes outcomesSoFar = new Outcomes(facts);
        for (Visit visit : ordered) {
            facts.add(visit.fact(outcomesSoFar, exit != null));
        }
        return facts;
    }

    /** The outcomes of the latest visits among those that a growing list has. */
    private static final class Outcomes {

        private final List<VisitFact> visits;
        private final Map<Integer, Integer> byNode = new HashMap<>(0);
        private int noted;

        Outcomes(List<VisitFact> visits) {
            this.visits = visits;
        }

        /** -1 = there is no visit yet. */
        int lastNode() {
            return visits.isEmpty() ? -1 : visits.get(visits.size() - 1).node();
        }

        int of(int node) {
            if (node >= 0 && node == lastNode()) {
                return visits.get(visits.size() - 1).outcome();
            }
            // Mostly nobody asks for an earlier one, and then nothing is noted.
            for (; noted < visits.size(); noted++) {
                byNode.put(visits.get(noted).node(), visits.get(noted).outcome());
            }
            return byNode.getOrDefault(node, -1);
        }
    }

    private List<MessageFact> messageFacts() {
        List<MessageFact> facts = new ArrayList<>(messages.size());
        messages.forEach((message, events) -> {
            List<HistoryEvent> wandering = histories.ofWandering(message);
            MessageFact fact = message(wandering != null ? wandering : events);
            if (fact != null) {
                facts.add(fact);
            }
        });
        return facts;
    }

    /** Null where the message's final status was reached in another entry. */
    private @Nullable MessageFact message(List<HistoryEvent> events) {
        HistoryEvent latest = latestSend(events);
        HistoryEvent earliest = earliestOf(events, latest.type);
        if (earliest.entry != entry) {
            return null;
        }
        List<MessageFact.Engagement> engagements = new ArrayList<>(events.size() - 1);
        for (HistoryEvent event : events) {
            if (event.type == JourneyEventType.MESSAGE_ENGAGED) {
                engagements.add(new MessageFact.Engagement(event.kind, event.machine, event.time, event.link));
            }
        }
        return new MessageFact(
                earliest.message,
                earliest.node,
                latest.type == JourneyEventType.MESSAGE_SENT,
                latest.time,
                earliest.channel,
                earliest.platform,
                earliest.amount,
                earliest.currency,
                earliest.reason,
                engagements);
    }

    private static HistoryEvent latestSend(List<HistoryEvent> events) {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i).isSend()) {
                return events.get(i);
            }
        }
        throw new IllegalStateException("an engagement lies in a segment without its message");
    }

    private static HistoryEvent earliestOf(List<HistoryEvent> events, JourneyEventType status) {
        for (HistoryEvent event : events) {
            if (event.type == status) {
                return event;
            }
        }
        throw new IllegalStateException("no event of a status that was just seen");
    }

    /** The earliest node.entered and the earliest node.exited of one visit. */
    private static final class Visit {
        private @Nullable HistoryEvent entered;
        private @Nullable HistoryEvent left;
        private int enteredPosition;
        private int leftPosition;

        void enter(HistoryEvent event, int at) {
            if (entered == null) {
                entered = event;
                enteredPosition = at;
            }
        }

        void leave(HistoryEvent event, int at) {
            if (left == null) {
                left = event;
                leftPosition = at;
            }
        }

        int position() {
            return entered != null ? enteredPosition : leftPosition;
        }

        VisitFact fact(Outcomes before, boolean exited) {
            HistoryEvent known = Objects.requireNonNull(entered != null ? entered : left);
            int said = entered == null ? -1 : entered.from;
            int from = said >= 0 ? said : before.lastNode();
            HistoryEvent leaving = left;
            return new VisitFact(
                    known.visit,
                    known.node,
                    from,
                    entered == null ? -1 : entered.edge,
                    before.of(from),
                    known.time,
                    entered != null,
                    leaving == null ? Histories.NEVER : leaving.time,
                    leaving == null ? -1 : leaving.outcome,
                    state(leaving, exited));
        }

        private static VisitFact.State state(@Nullable HistoryEvent leaving, boolean exited) {
            if (leaving != null) {
                return leaving.cancelled ? VisitFact.State.CANCELLED : VisitFact.State.COMPLETED;
            }
            return exited ? VisitFact.State.CLOSED : VisitFact.State.ACTIVE;
        }
    }
}
