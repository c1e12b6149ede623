package io.milepost.analytics.row;

import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.fold.EntryFacts;
import io.milepost.analytics.fold.EntryFold;
import io.milepost.analytics.fold.EntryHead;
import io.milepost.analytics.fold.Goals;
import io.milepost.analytics.fold.MessageFact;
import io.milepost.analytics.fold.VisitFact;
import io.milepost.analytics.history.DefinedVersion;
import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.HistoryEvent;
import io.milepost.analytics.history.Journey;
import io.milepost.analytics.history.Names;
import io.milepost.analytics.store.ConversionRow;
import io.milepost.analytics.store.EntryRow;
import io.milepost.analytics.store.EntryRows;
import io.milepost.analytics.store.MessageRow;
import io.milepost.analytics.store.VisitRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Folds entries to rows that no longer depend on the histories. One thread, which holds the cells' lock. */
public final class FactRows {

    private final Histories histories;
    private final Map<UserInJourney, Goals> goals = new HashMap<>();

    private record UserInJourney(int user, int journey) {}

    public FactRows(Cells cells) {
        this.histories = cells.histories();
    }

    public EntryRows of(int entry) {
        Journey journey = histories.journeyOf(entry);
        EntryFacts facts = EntryFold.fold(histories, entry);
        List<VisitRow> visits =
                facts.visits().stream().map(visit -> visit(journey, visit)).toList();
        List<MessageRow> messages = facts.messages().stream()
                .map(message -> message(journey, message))
                .toList();
        return new EntryRows(entry(journey, facts.head()), visits, messages, conversions(journey, facts.head()));
    }

    private EntryRow entry(Journey journey, EntryHead head) {
        return new EntryRow(
                journey.id(),
                histories.entryId(head.entry()),
                histories.userId(head.user()),
                head.version(),
                name(journey.variants(), head.variant()),
                head.test(),
                head.startedAt(),
                instant(head.exitedAt()),
                name(histories.words(), head.reason()),
                name(journey.nodes(), head.exitNode()),
                instant(histories.convertedAt(head.entry())));
    }

    private static VisitRow visit(Journey journey, VisitFact visit) {
        boolean lasted = visit.state() == VisitFact.State.COMPLETED && visit.enterKnown();
        return new VisitRow(
                visit.visit().toString(),
                journey.nodes().name(visit.node()),
                name(journey.nodes(), visit.from()),
                name(journey.edges(), visit.edge()),
                visit.enteredAt(),
                instant(visit.leftAt()),
                name(journey.outcomes(), visit.outcome()),
                visit.state().name().toLowerCase(Locale.ROOT),
                lasted ? Math.max(0, visit.leftAt() - visit.enteredAt()) : null);
    }

    private MessageRow message(Journey journey, MessageFact message) {
        Names words = histories.words();
        Map<String, Integer> engagements = new HashMap<>();
        int machine = 0;
        for (MessageFact.Engagement engagement : message.engagements()) {
            if (engagement.machine()) {
                machine++;
            } else {
                engagements.merge(words.name(engagement.kind()), 1, Integer::sum);
            }
        }
        return new MessageRow(
                histories.messageId(message.message()),
                histories.ofWandering(message.message()) != null,
                journey.nodes().name(message.node()),
                message.sent(),
                message.time(),
                words.name(message.channel()),
                name(words, message.platform()),
                message.cost(),
                name(words, message.currency()),
                name(words, message.reason()),
                engagements,
                machine);
    }

    private List<ConversionRow> conversions(Journey journey, EntryHead head) {
        DefinedVersion defined = journey.version(head.version());
        if (defined == null || histories.convertedAt(head.entry()) == Histories.NEVER) {
            return List.of();
        }
        List<HistoryEvent> events = goals(journey, head.user()).of(head.version());
        long deadline = defined.deadline(head.exitedAt());
        List<ConversionRow> rows = new ArrayList<>(1);
        for (int i = goals(journey, head.user()).firstFrom(head.version(), head.startedAt()); i < events.size(); i++) {
            if (events.get(i).time > deadline) {
                break;
            }
            rows.add(conversion(events.get(i)));
        }
        return rows;
    }

    private Goals goals(Journey journey, int user) {
        return goals.computeIfAbsent(
                new UserInJourney(user, journey.number()), any -> new Goals(journey, histories.ofUser(user)));
    }

    private ConversionRow conversion(HistoryEvent event) {
        return new ConversionRow(
                histories.sources().name(event.source),
                event.id.toString(),
                histories.eventNames().name(event.name),
                event.time,
                event.amount,
                name(histories.words(), event.currency));
    }

    private static @Nullable Long instant(long nanos) {
        return nanos == Histories.NEVER ? null : nanos;
    }

    private static @Nullable String name(Names names, int number) {
        return number < 0 ? null : names.name(number);
    }
}
