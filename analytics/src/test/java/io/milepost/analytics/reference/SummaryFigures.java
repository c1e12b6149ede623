package io.milepost.analytics.reference;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milepost.analytics.reference.ReferenceFacts.Entry;
import io.milepost.analytics.reference.ReferenceFacts.Message;
import io.milepost.analytics.reference.Scope.EventOf;
import io.milepost.analytics.reference.Shapes.Money;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The journey measures. */
final class SummaryFigures {

    private static final Set<String> ACTIVE_KINDS = Set.of("shown", "opened", "clicked", "replied");

    private final ReferenceFacts facts;
    private final String journeyId;
    private final Scope scope;

    SummaryFigures(ReferenceFacts facts, String journeyId, ReferenceQuery query) {
        this.facts = facts;
        this.journeyId = journeyId;
        this.scope = new Scope(facts, journeyId, query);
    }

    ObjectNode json() {
        Set<String> entryUsers = users(scope.entries());
        Set<String> convertedUsers = convertedUsers();
        ObjectNode summary = Json.object();
        summary.put("entries", scope.entries().count());
        summary.put("entryUsers", entryUsers.size());
        summary.put("activeEntries", scope.entries().filter(Entry::active).count());
        summary.put("exits", scope.exited().filter(entry -> !entry.converted()).count());
        summary.set("exitsByReason", Shapes.countBy(scope.exited().map(SummaryFigures::reason)));
        summary.put(
                "exitedUsers",
                users(scope.exited().filter(entry -> reason(entry).equals("completed")))
                        .size());
        summary.put("convertedUsers", convertedUsers.size());
        summary.put("convertedEntries", convertedEntries());
        summary.put(
                "conversionEvents", eachOnce(scope.happened(Entry::conversions)).size());
        summary.set("conversionRate", Shapes.rate(convertedUsers, entryUsers));
        summary.put("openEntries", scope.entries().filter(this::open).count());
        putGoals(summary);
        summary.put("activeUsers", activeUsers());
        putMessages(summary);
        summary.set("rejectedEntries", rejectedEntries());
        return summary;
    }

    private static Set<String> users(Stream<Entry> entries) {
        return entries.map(Entry::userId).collect(toSet());
    }

    private static String reason(Entry exited) {
        return Objects.requireNonNull(exited.departure()).reason();
    }

    /** By cohort whoever has a converted entry of the range; by activity whose earliest conversion in scope lies in it. */
    private Set<String> convertedUsers() {
        Stream<Entry> asked = scope.query.activity() ? scope.anyTime() : scope.entries();
        Map<String, List<Entry>> converted = asked.filter(Entry::converted).collect(groupingBy(Entry::userId));
        return converted.entrySet().stream()
                .filter(user -> {
                    SeenEvent counted = user.getValue().stream()
                            .map(entry -> entry.conversions().get(0))
                            .min(SeenEvent::compareTo)
                            .orElseThrow();
                    return !scope.query.activity() || scope.query.contains(counted.time());
                })
                .map(Map.Entry::getKey)
                .collect(toSet());
    }

    private long convertedEntries() {
        return scope.anyTime()
                .filter(Entry::converted)
                .filter(entry -> scope.counts(entry, entry.conversions().get(0).time()))
                .count();
    }

    private boolean open(Entry entry) {
        return entry.definition() != null
                && SeenEvent.text(entry.definition(), "conversionEvent") != null
                && !entry.converted()
                && ReferenceFacts.withinWindow(
                        scope.query.asOf(), entry.departure(), ReferenceFacts.window(entry.definition()));
    }

    private static Map<SeenEvent.Identity, SeenEvent> eachOnce(Stream<EventOf> events) {
        Map<SeenEvent.Identity, SeenEvent> distinct = new LinkedHashMap<>();
        events.forEach(one -> distinct.put(one.event().identity(), one.event()));
        return distinct;
    }

    private void putGoals(ObjectNode summary) {
        Map<SeenEvent.Identity, SeenEvent> goals = eachOnce(scope.happened(Entry::goals));
        summary.put(
                "goalPerformers",
                scope.happened(Entry::goals)
                        .map(goal -> goal.entry().userId())
                        .distinct()
                        .count());
        summary.put("goalEvents", goals.size());
        summary.set("goalValue", Shapes.money(goals.values().stream().flatMap(goal -> Stream.ofNullable(
                        goal.amount("value"))
                .map(amount -> new Money(goal.currency("value"), amount)))));
    }

    private long activeUsers() {
        return scope.engagements()
                .filter(engagement -> !engagement.event().flag("machine"))
                .filter(engagement -> ACTIVE_KINDS.contains(engagement.event().text("kind")))
                .map(engagement -> engagement.message().entry().userId())
                .distinct()
                .count();
    }

    private void putMessages(ObjectNode summary) {
        Function<Boolean, Stream<Message>> byStatus =
                sent -> scope.messages().filter(message -> message.sent() == sent);
        summary.put("messagesSent", byStatus.apply(true).count());
        summary.put("messagesFailed", byStatus.apply(false).count());
        ObjectNode channels = summary.putObject("channels");
        scope.messages().map(Message::channel).distinct().sorted().forEach(channel -> channels.putObject(channel)
                .put(
                        "sent",
                        byStatus.apply(true)
                                .filter(m -> m.channel().equals(channel))
                                .count())
                .put(
                        "failed",
                        byStatus.apply(false)
                                .filter(m -> m.channel().equals(channel))
                                .count()));
        summary.set(
                "trafficCost", Shapes.money(byStatus.apply(true).flatMap(message -> Stream.ofNullable(message.cost())
                        .map(cost -> new Money(message.currency(), cost)))));
    }

    /** By their own time in both bases. They have no variant, so they go with the entries without one. */
    private ObjectNode rejectedEntries() {
        ReferenceQuery query = scope.query;
        return Shapes.countBy(facts.rejectedEntries(journeyId)
                .filter(event -> query.contains(event.time()))
                .filter(event -> query.versions().isEmpty() || query.versions().contains(event.version()))
                .filter(event -> query.variants().isEmpty() || query.variants().contains("none"))
                .map(event -> event.text("reason")));
    }
}
