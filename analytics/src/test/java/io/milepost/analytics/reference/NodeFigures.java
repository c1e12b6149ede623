package io.milepost.analytics.reference;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milepost.analytics.reference.ReferenceFacts.Entry;
import io.milepost.analytics.reference.ReferenceFacts.Message;
import io.milepost.analytics.reference.Scope.EngagementOf;
import io.milepost.analytics.reference.Scope.VisitOf;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The measures of one node. */
final class NodeFigures {

    private record OutcomeOf(String name, String userId) {}

    private final Scope scope;
    private final String nodeId;

    NodeFigures(Scope scope, String nodeId) {
        this.scope = scope;
        this.nodeId = nodeId;
    }

    /** @param definition the node as its journey's definition has it, or a missing node */
    ObjectNode json(JsonNode definition) {
        ObjectNode node = Json.object().put("nodeId", nodeId);
        List.of("name", "type", "channel").forEach(field -> node.put(field, SeenEvent.text(definition, field)));
        putVisits(node);
        putUsers(node);
        putExits(node);
        putMessages(node, message -> true);
        node.set(
                "clickThroughRate",
                Shapes.rate(
                        users(engagements(message -> true)
                                .filter(engagement ->
                                        engagement.event().text("kind").equals("clicked"))
                                .filter(NodeFigures::human)
                                .map(engagement -> engagement.message().entry())),
                        users(messages().filter(Message::sent).map(Message::entry))));
        node.set("outcomes", outcomes());
        node.set("duration", duration());
        node.set("platforms", platforms());
        return node;
    }

    private Stream<VisitOf> visits() {
        return scope.visits().filter(at -> at.visit().nodeId().equals(nodeId));
    }

    private Stream<VisitOf> leftVisits() {
        return scope.leftVisits().filter(at -> at.visit().nodeId().equals(nodeId));
    }

    private Stream<Message> messages() {
        return scope.messages().filter(message -> message.nodeId().equals(nodeId));
    }

    private Stream<EngagementOf> engagements(Predicate<Message> which) {
        return scope.engagements()
                .filter(engagement -> engagement.message().nodeId().equals(nodeId))
                .filter(engagement -> which.test(engagement.message()));
    }

    private static boolean human(EngagementOf engagement) {
        return !engagement.event().flag("machine");
    }

    private static Set<String> users(Stream<Entry> entries) {
        return entries.map(Entry::userId).collect(toSet());
    }

    private static boolean active(VisitOf at) {
        return at.visit().exit() == null && at.entry().active();
    }

    private void putVisits(ObjectNode node) {
        node.put("entryCount", visits().count());
        node.put(
                "completedCount",
                leftVisits().filter(at -> at.visit().completed()).count());
        node.put("activeCount", visits().filter(NodeFigures::active).count());
    }

    /** Of the users of visits of the range, whenever they completed them. */
    private void putUsers(ObjectNode node) {
        Set<String> entered = users(visits().map(VisitOf::entry));
        Set<String> completed =
                users(visits().filter(at -> at.visit().completed()).map(VisitOf::entry));
        Set<String> waiting = users(visits().filter(NodeFigures::active).map(VisitOf::entry));
        waiting.removeAll(completed);
        Set<String> dropped = users(visits().map(VisitOf::entry));
        dropped.removeAll(completed);
        dropped.removeAll(waiting);
        node.put("entryUserCount", entered.size());
        node.set("completionRate", Shapes.rate(completed, entered));
        node.put("waitingUserCount", waiting.size());
        node.put("droppedUserCount", dropped.size());
        node.set("dropOffRate", Shapes.rate(dropped, entered));
    }

    private void putExits(ObjectNode node) {
        List<Entry> exited = scope.exited()
                .filter(entry ->
                        nodeId.equals(Objects.requireNonNull(entry.departure()).nodeId()))
                .toList();
        node.put("exitCount", exited.size());
        node.put(
                "exitWithoutConversionCount",
                exited.stream().filter(entry -> !entry.converted()).count());
    }

    private void putMessages(ObjectNode target, Predicate<Message> which) {
        List<Message> all = messages().filter(which).toList();
        List<Message> sent = all.stream().filter(Message::sent).toList();
        List<Message> failed = all.stream().filter(message -> !message.sent()).toList();
        target.put("sentCount", sent.size());
        target.put("failedCount", failed.size());
        target.put("sentUserCount", users(sent.stream().map(Message::entry)).size());
        target.put("failedUserCount", users(failed.stream().map(Message::entry)).size());
        ObjectNode kinds = target.putObject("engagements");
        engagements(which)
                .map(engagement -> engagement.event().text("kind"))
                .distinct()
                .sorted()
                .forEach(kind -> kinds.set(
                        kind,
                        engagement(engagements(which)
                                .filter(e -> e.event().text("kind").equals(kind))
                                .toList())));
    }

    private static ObjectNode engagement(List<EngagementOf> all) {
        List<EngagementOf> human = all.stream().filter(NodeFigures::human).toList();
        return Json.object()
                .put("count", human.size())
                .put(
                        "users",
                        users(human.stream().map(e -> e.message().entry())).size())
                .put("machine", all.size() - human.size());
    }

    private ObjectNode outcomes() {
        Stream<OutcomeOf> told = scope.outcomes()
                .filter(one -> one.event().text("nodeId").equals(nodeId))
                .map(one -> new OutcomeOf(one.event().text("name"), one.entry().userId()));
        Stream<OutcomeOf> ofExits = leftVisits()
                .flatMap(at -> Stream.ofNullable(at.visit().exit())
                        .flatMap(exit -> Stream.ofNullable(exit.optional("outcome")))
                        .map(name -> new OutcomeOf(name, at.entry().userId())));
        List<OutcomeOf> all = Stream.concat(told, ofExits).toList();
        ObjectNode outcomes = Json.object();
        all.stream().map(OutcomeOf::name).distinct().sorted().forEach(name -> {
            List<OutcomeOf> same =
                    all.stream().filter(one -> one.name().equals(name)).toList();
            outcomes.putObject(name)
                    .put("count", same.size())
                    .put(
                            "users",
                            same.stream().map(OutcomeOf::userId).distinct().count());
        });
        return outcomes;
    }

    private ObjectNode duration() {
        List<BigDecimal> milliseconds = leftVisits()
                .filter(at -> at.visit().completed() && at.visit().entryKnown())
                .map(NodeFigures::milliseconds)
                .sorted()
                .toList();
        ObjectNode duration = Json.object().put("count", milliseconds.size());
        if (milliseconds.isEmpty()) {
            List.of("mean", "min", "p50", "p90", "p95", "p99", "max").forEach(duration::putNull);
            return duration;
        }
        BigDecimal sum = milliseconds.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        duration.put("mean", sum.divide(BigDecimal.valueOf(milliseconds.size()), MathContext.DECIMAL128));
        duration.put("min", milliseconds.get(0));
        List.of(50, 90, 95, 99).forEach(rank -> duration.put("p" + rank, nearestRank(milliseconds, rank)));
        return duration.put("max", milliseconds.get(milliseconds.size() - 1));
    }

    private static BigDecimal milliseconds(VisitOf at) {
        SeenEvent exit = Objects.requireNonNull(at.visit().exit());
        Duration stay = Duration.between(at.visit().enteredAt(), exit.time());
        BigDecimal nanoseconds =
                BigDecimal.valueOf(stay.getSeconds()).movePointRight(9).add(BigDecimal.valueOf(stay.getNano()));
        return nanoseconds.movePointLeft(6).max(BigDecimal.ZERO);
    }

    /** The smallest value that at least that many percent of all values do not exceed. */
    static BigDecimal nearestRank(List<BigDecimal> ascending, int percent) {
        int rank = (ascending.size() * percent + 99) / 100;
        return ascending.get(rank - 1);
    }

    private ObjectNode platforms() {
        ObjectNode platforms = Json.object();
        Stream.concat(messages(), engagements(message -> true).map(EngagementOf::message))
                .map(Message::platform)
                .distinct()
                .sorted()
                .forEach(platform -> putMessages(platforms.putObject(platform), message -> message.platform()
                        .equals(platform)));
        return platforms;
    }
}
