package io.milepost.analytics.reference;

import io.milepost.analytics.reference.ReferenceFacts.Entry;
import io.milepost.analytics.reference.ReferenceFacts.Message;
import io.milepost.analytics.reference.ReferenceFacts.Visit;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The entries a query speaks of, and the rule that says whether something of theirs counts. */
final class Scope {

    record VisitOf(Entry entry, Visit visit) {}

    record EventOf(Entry entry, SeenEvent event) {}

    record EngagementOf(Message message, SeenEvent event) {}

    final ReferenceQuery query;
    private final List<Entry> entries;
    private final List<Message> messages;

    Scope(ReferenceFacts facts, String journeyId, ReferenceQuery query) {
        this.query = query;
        entries = facts.entries().stream()
                .filter(entry -> entry.journeyId().equals(journeyId))
                .filter(this::wanted)
                .toList();
        messages = facts.messages().stream()
                .filter(message -> message.entry().journeyId().equals(journeyId))
                .filter(message -> wanted(message.entry()))
                .toList();
    }

    private boolean wanted(Entry entry) {
        return (query.versions().isEmpty() || query.versions().contains(entry.version()))
                && (query.variants().isEmpty()
                        || query.variants().contains(Objects.requireNonNullElse(entry.variant(), "none")))
                && (query.includeTest() || !entry.test());
    }

    /** Whether what happened to the entry at that instant belongs to the figure; null = it never happened. */
    boolean counts(Entry entry, @Nullable Instant at) {
        return at != null && query.contains(query.activity() ? at : entry.startedAt());
    }

    /** All entries that pass the filters, whatever the range. */
    Stream<Entry> anyTime() {
        return entries.stream();
    }

    Stream<Entry> entries() {
        return anyTime().filter(entry -> query.contains(entry.startedAt()));
    }

    Stream<Entry> exited() {
        return anyTime().filter(entry -> counts(entry, entry.exitedAt()));
    }

    /** Visits by their arrival. */
    Stream<VisitOf> visits() {
        return allVisits().filter(at -> counts(at.entry(), at.visit().enteredAt()));
    }

    /** Visits by their leaving. */
    Stream<VisitOf> leftVisits() {
        return allVisits().filter(at -> {
            SeenEvent exit = at.visit().exit();
            return exit != null && counts(at.entry(), exit.time());
        });
    }

    private Stream<VisitOf> allVisits() {
        return anyTime().flatMap(entry -> entry.visits().stream().map(visit -> new VisitOf(entry, visit)));
    }

    Stream<EventOf> outcomes() {
        return happened(Entry::outcomes);
    }

    /** Those of the events that count. */
    Stream<EventOf> happened(Function<Entry, List<SeenEvent>> events) {
        return anyTime().flatMap(entry -> events.apply(entry).stream()
                .filter(event -> counts(entry, event.time()))
                .map(event -> new EventOf(entry, event)));
    }

    Stream<Message> messages() {
        return messages.stream().filter(message -> counts(message.entry(), message.time()));
    }

    /** Engagements on sent messages. */
    Stream<EngagementOf> engagements() {
        return messages.stream().filter(Message::sent).flatMap(message -> message.engagements().stream()
                .filter(event -> counts(message.entry(), event.time()))
                .map(event -> new EngagementOf(message, event)));
    }
}
