package io.milepost.analytics.reference;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Entries, visits, messages and definitions, derived from all events at once. */
final class ReferenceFacts {

    /** Why, when and where an entry left; {@code nodeId} null where neither the event nor a visit tells. */
    record Departure(Instant at, String reason, @Nullable String nodeId) {}

    record Visit(
            SeenEvent arrival,
            boolean entryKnown,
            String nodeId,
            @Nullable String fromNodeId,
            @Nullable String edgeId,
            @Nullable SeenEvent exit) {

        Instant enteredAt() {
            return arrival.time();
        }

        boolean completed() {
            return exit != null && !exit.flag("cancelled");
        }
    }

    /** {@code conversions} and {@code goals} in canonical order; {@code departure} null while active. */
    record Entry(
            String journeyId,
            String entryId,
            String userId,
            long version,
            @Nullable String variant,
            boolean test,
            Instant startedAt,
            @Nullable Departure departure,
            @Nullable JsonNode definition,
            List<Visit> visits,
            List<SeenEvent> outcomes,
            List<SeenEvent> conversions,
            List<SeenEvent> goals) {

        boolean active() {
            return departure == null;
        }

        boolean converted() {
            return !conversions.isEmpty();
        }

        @Nullable
        Instant exitedAt() {
            return departure == null ? null : departure.at();
        }
    }

    record Message(
            Entry entry,
            boolean sent,
            Instant time,
            String nodeId,
            String channel,
            String platform,
            @Nullable BigDecimal cost,
            @Nullable String currency,
            List<SeenEvent> engagements) {}

    private record EntryKey(String journeyId, String entryId) {}

    private record DefinitionKey(String journeyId, long version) {}

    private final List<SeenEvent> events;
    private final Map<DefinitionKey, JsonNode> definitions = new LinkedHashMap<>();
    private final Map<EntryKey, Entry> entries = new LinkedHashMap<>();
    private final List<Message> messages;

    ReferenceFacts(Collection<String> accepted) {
        Map<SeenEvent.Identity, SeenEvent> distinct = new LinkedHashMap<>();
        accepted.stream().map(SeenEvent::parse).forEach(event -> distinct.putIfAbsent(event.identity(), event));
        events = distinct.values().stream().sorted().toList();
        named("journey.defined")
                .forEach(event ->
                        definitions.put(new DefinitionKey(event.text("journeyId"), event.version()), event.data()));
        events.stream()
                .filter(SeenEvent::hasEntryFields)
                .collect(groupingBy(event -> new EntryKey(event.text("journeyId"), event.text("entryId"))))
                .forEach((key, own) -> entries.put(key, entry(key, own)));
        messages = Stream.concat(named("journey.message.sent"), named("journey.message.failed"))
                .sorted()
                .collect(groupingBy(event -> event.text("messageId")))
                .entrySet()
                .stream()
                .map(found -> message(found.getKey(), found.getValue()))
                .toList();
    }

    List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    List<Message> messages() {
        return messages;
    }

    Stream<SeenEvent> rejectedEntries(String journeyId) {
        return named("journey.entry.rejected")
                .filter(event -> event.text("journeyId").equals(journeyId));
    }

    /** By version, ascending. */
    TreeMap<Long, JsonNode> definitions(String journeyId) {
        TreeMap<Long, JsonNode> found = new TreeMap<>();
        definitions.forEach((key, definition) -> {
            if (key.journeyId().equals(journeyId)) {
                found.put(key.version(), definition);
            }
        });
        return found;
    }

    /** Nodes that any event of the journey names as its own. */
    Stream<String> nodesSeen(String journeyId) {
        return events.stream()
                .filter(SeenEvent::hasEntryFields)
                .filter(event -> event.text("journeyId").equals(journeyId))
                .flatMap(event -> Stream.ofNullable(event.optional("nodeId")))
                .distinct();
    }

    /** Journeys that have a definition, an entry or a rejected entry. */
    List<String> journeys() {
        return events.stream()
                .filter(event ->
                        event.hasEntryFields() || event.is("journey.defined") || event.is("journey.entry.rejected"))
                .map(event -> event.text("journeyId"))
                .distinct()
                .toList();
    }

    private Stream<SeenEvent> named(String type) {
        return events.stream().filter(event -> event.is(type));
    }

    private Entry entry(EntryKey key, List<SeenEvent> own) {
        SeenEvent start = earliest(own, "journey.entered").orElse(own.get(0));
        List<Visit> visits = visits(own);
        Departure departure = earliest(own, "journey.exited")
                .map(exit -> departure(exit, visits))
                .orElse(null);
        JsonNode definition = definitions.get(new DefinitionKey(key.journeyId(), start.version()));
        boolean entered = start.is("journey.entered");
        List<SeenEvent> goals = goals(definition, start.text("userId"), start.time());
        return new Entry(
                key.journeyId(),
                key.entryId(),
                start.text("userId"),
                start.version(),
                entered ? start.optional("variant") : null,
                entered && start.flag("test"),
                start.time(),
                departure,
                definition,
                visits,
                own.stream().filter(event -> event.is("journey.outcome")).toList(),
                goals.stream()
                        .filter(event -> withinWindow(event.time(), departure, window(definition)))
                        .toList(),
                goals);
    }

    private static Departure departure(SeenEvent exit, List<Visit> visits) {
        String lastNode =
                visits.isEmpty() ? null : visits.get(visits.size() - 1).nodeId();
        String named = exit.optional("nodeId");
        return new Departure(exit.time(), exit.text("reason"), named == null ? lastNode : named);
    }

    private static List<Visit> visits(List<SeenEvent> own) {
        return own.stream()
                .filter(event -> event.is("journey.node.entered") || event.is("journey.node.exited"))
                .collect(groupingBy(event -> event.text("visitId")))
                .values()
                .stream()
                .map(ReferenceFacts::visit)
                .sorted(Comparator.comparing(Visit::arrival))
                .toList();
    }

    private static Visit visit(List<SeenEvent> own) {
        Optional<SeenEvent> entered = earliest(own, "journey.node.entered");
        Optional<SeenEvent> exited = earliest(own, "journey.node.exited");
        SeenEvent arrival = entered.or(() -> exited).orElseThrow();
        return new Visit(
                arrival,
                entered.isPresent(),
                arrival.text("nodeId"),
                entered.map(event -> event.optional("fromNodeId")).orElse(null),
                entered.map(event -> event.optional("edgeId")).orElse(null),
                exited.orElse(null));
    }

    private List<SeenEvent> goals(@Nullable JsonNode definition, String userId, Instant startedAt) {
        String wanted = definition == null ? null : SeenEvent.text(definition, "conversionEvent");
        if (definition == null || wanted == null) {
            return List.of();
        }
        return named("user.acted")
                .filter(event -> event.text("userId").equals(userId))
                .filter(event -> event.text("name").equals(wanted))
                .filter(event -> !event.time().isBefore(startedAt))
                .filter(event -> ConversionFilter.holds(definition.path("conversionFilter"), event.data()))
                .toList();
    }

    /** Null = no limit. */
    static @Nullable Duration window(@Nullable JsonNode definition) {
        String text = definition == null ? null : SeenEvent.text(definition, "attributionWindow");
        return text == null ? null : Duration.parse(text);
    }

    /** Of an instant at or after the start: whether the entry still listens. Both ends belong to the window. */
    static boolean withinWindow(Instant time, @Nullable Departure departure, @Nullable Duration window) {
        return departure == null
                || window == null
                || Duration.between(departure.at(), time).compareTo(window) <= 0;
    }

    private Message message(String messageId, List<SeenEvent> tries) {
        SeenEvent latest = tries.get(tries.size() - 1);
        SeenEvent first = earliest(tries, latest.type()).orElseThrow();
        EntryKey owner = new EntryKey(first.text("journeyId"), first.text("entryId"));
        return new Message(
                Objects.requireNonNull(entries.get(owner)),
                latest.is("journey.message.sent"),
                latest.time(),
                first.text("nodeId"),
                first.text("channel"),
                Objects.requireNonNullElse(first.optional("platform"), "unknown"),
                first.amount("cost"),
                first.currency("cost"),
                named("journey.message.engaged")
                        .filter(event -> event.text("messageId").equals(messageId))
                        .toList());
    }

    private static Optional<SeenEvent> earliest(List<SeenEvent> inOrder, String type) {
        return inOrder.stream().filter(event -> event.is(type)).findFirst();
    }

    /** All times at which something happened that a figure of the journey may count. */
    List<Instant> times(String journeyId) {
        Stream<SeenEvent> told = events.stream()
                .filter(event -> event.hasEntryFields() || event.is("journey.entry.rejected"))
                .filter(event -> event.text("journeyId").equals(journeyId));
        Stream<SeenEvent> goals = entries.values().stream()
                .filter(entry -> entry.journeyId().equals(journeyId))
                .flatMap(entry -> entry.goals().stream());
        Stream<SeenEvent> engagements = messages.stream()
                .filter(Message::sent)
                .filter(message -> message.entry().journeyId().equals(journeyId))
                .flatMap(message -> message.engagements().stream());
        return Stream.of(told, goals, engagements)
                .flatMap(found -> found)
                .map(SeenEvent::time)
                .toList();
    }
}
