package io.milepost.simulator.truth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.milepost.spi.EntryRef;
import io.milepost.spi.EventSource;
import io.milepost.spi.ExitReason;
import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.JourneyDefinition.Condition;
import io.milepost.spi.JourneyDefinition.Node;
import io.milepost.spi.JourneyDefinition.Operator;
import io.milepost.spi.JourneyDefinition.Stage;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.JourneyDefined;
import io.milepost.spi.MessageRef;
import io.milepost.spi.Money;
import io.milepost.spi.VisitRef;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each test: a handful of events, and the figures counted by hand. */
class TruthTest {

    private static final EventSource ENGINE = new EventSource("/test");
    private static final Instant DAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant AS_OF = at(24 * 20);
    private static final Scope ALL = Scope.all("j", AS_OF);

    /** A day's window; only what was bought on the web counts. */
    private static final JourneyDefined DEFINED = ENGINE.journeyDefined(
            DAY,
            new JourneyDefinition(
                    "j",
                    1,
                    "J",
                    List.of(new Node("push", null, "send", "push"), new Node("wait", null, "wait", null)),
                    List.of(),
                    List.of(new Stage("first", null, List.of("push")), new Stage("second", null, List.of("wait"))),
                    "purchase",
                    List.of(new Condition("store", Operator.EQ, "web")),
                    Duration.ofHours(24),
                    null,
                    null));

    private static Instant at(double hours) {
        return DAY.plusMillis(Math.round(hours * 3_600_000));
    }

    private static EntryRef entry(String user, int number) {
        return new EntryRef("j", 1, user + number, user);
    }

    private static JourneyEvent purchase(String user, double hour, String amount) {
        return ENGINE.userActed(at(hour), user, "purchase")
                .worth(Money.of(amount, "EUR"))
                .withAttributes(Map.of("store", "web"));
    }

    private static Truth truth(List<Scope> scopes, List<List<JourneyEvent>> people) {
        Truth truth = new Truth(List.of(DEFINED), scopes);
        people.forEach(truth::add);
        return truth;
    }

    private static Expectation all(List<JourneyEvent> person) {
        return truth(List.of(ALL), List.of(person)).of(ALL);
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static JsonNode node(Expectation expectation, String id) {
        for (JsonNode node : expectation.nodes()) {
            if (node.path("nodeId").asText().equals(id)) {
                return node;
            }
        }
        throw new AssertionError("no node " + id);
    }

    @Test
    void countsAUserOnceWhoReenters() {
        Expectation figures = all(List.of(
                ENGINE.journeyEntered(at(1), entry("u", 1)),
                ENGINE.journeyExited(at(2), entry("u", 1), ExitReason.COMPLETED),
                ENGINE.journeyEntered(at(3), entry("u", 2))));
        assertThat(figures.summary().path("entries").asLong()).isEqualTo(2);
        assertThat(figures.summary().path("entryUsers").asLong()).isEqualTo(1);
        assertThat(figures.summary().path("activeEntries").asLong()).isEqualTo(1);
        assertThat(figures.summary().path("exitsByReason").toString()).isEqualTo("{\"completed\":1}");
        assertThat(figures.summary().path("exits").asLong()).isEqualTo(1);
    }

    @Test
    void theWindowEndsWithItsLastInstant() {
        // The exit is at 2 o'clock, the window 24 h: 26:00 counts, a millisecond later does not.
        List<JourneyEvent> entered = List.of(
                ENGINE.journeyEntered(at(1), entry("u", 1)),
                ENGINE.journeyExited(at(2), entry("u", 1), ExitReason.COMPLETED));
        List<JourneyEvent> inside = new ArrayList<>(entered);
        inside.add(purchase("u", 26, "10"));
        List<JourneyEvent> outside = new ArrayList<>(entered);
        outside.add(ENGINE.userActed(at(26).plusMillis(1), "u", "purchase").withAttributes(Map.of("store", "web")));
        assertThat(all(inside).summary().path("convertedEntries").asLong()).isEqualTo(1);
        assertThat(all(inside).summary().path("exits").asLong()).isZero();
        assertThat(all(outside).summary().path("convertedEntries").asLong()).isZero();
        assertThat(all(outside).summary().path("goalPerformers").asLong()).isEqualTo(1);
        assertThat(all(outside).summary().path("goalValue").isEmpty()).isTrue();
    }

    @Test
    void anEventBeforeTheStartOrWithoutTheFiltersAttributeConvertsNothing() {
        Expectation figures = all(List.of(
                purchase("u", 0.5, "10"),
                ENGINE.journeyEntered(at(1), entry("u", 1)),
                ENGINE.userActed(at(2), "u", "purchase"),
                ENGINE.userActed(at(3), "u", "purchase").withAttributes(Map.of("store", new BigDecimal(1)))));
        assertThat(figures.summary().path("convertedUsers").asLong()).isZero();
        assertThat(figures.summary().path("goalEvents").asLong()).isZero();
        assertThat(figures.summary().path("openEntries").asLong()).isEqualTo(1);
    }

    @Test
    void oneEventMayConvertTwoEntriesAndIsCountedOnce() {
        // Both entries are open at 5 o'clock: 2 converted entries, 1 converted user, 1 event, 12.50 EUR once.
        Expectation figures = all(List.of(
                ENGINE.journeyEntered(at(1), entry("u", 1)),
                ENGINE.journeyExited(at(2), entry("u", 1), ExitReason.EXPIRED),
                ENGINE.journeyEntered(at(3), entry("u", 2)),
                purchase("u", 5, "12.50")));
        JsonNode summary = figures.summary();
        assertThat(summary.path("convertedEntries").asLong()).isEqualTo(2);
        assertThat(summary.path("convertedUsers").asLong()).isEqualTo(1);
        assertThat(summary.path("conversionEvents").asLong()).isEqualTo(1);
        assertThat(summary.path("goalValue")).isEqualTo(json("{'EUR': '12.5'}"));
        assertThat(summary.path("conversionRate").path("value").asDouble()).isEqualTo(100);
    }

    @Test
    void byActivityTheUserIsConvertedWhenTheEarliestConversionWas() {
        // Purchases on the 2nd and on the 3rd: the counted one is that of the 2nd.
        List<JourneyEvent> person =
                List.of(ENGINE.journeyEntered(at(1), entry("u", 1)), purchase("u", 5, "1"), purchase("u", 30, "2"));
        Scope second = ALL.byActivity().between(at(0), at(24));
        Scope third = ALL.byActivity().between(at(24), at(48));
        Truth truth = truth(List.of(second, third), List.of(person));
        assertThat(truth.of(second).summary().path("convertedUsers").asLong()).isEqualTo(1);
        assertThat(truth.of(third).summary().path("convertedUsers").asLong()).isZero();
        assertThat(truth.of(third).summary().path("conversionEvents").asLong()).isEqualTo(1);
        assertThat(truth.of(third).summary().path("goalValue")).isEqualTo(json("{'EUR': '2'}"));
    }

    @Test
    void theLatestTryDecidesAMessage() {
        // m1 failed, then sent: sent, its click counts. m2 sent, then refused: failed, its click does not.
        EntryRef entry = entry("u", 1);
        MessageRef first = new MessageRef("push", "m1", "push").on("ios").costing(Money.of("0.10", "EUR"));
        MessageRef second = new MessageRef("push", "m2", "push").costing(Money.of("0.30", "EUR"));
        Expectation figures = all(List.of(
                ENGINE.journeyEntered(at(1), entry),
                ENGINE.messageFailed(at(1.1), entry, first, "busy"),
                ENGINE.messageSent(at(1.2), entry, first),
                ENGINE.messageSent(at(1.2), entry, second),
                ENGINE.messageFailed(at(1.3), entry, second, "refused"),
                ENGINE.messageEngaged(at(1.4), "m1", "clicked"),
                ENGINE.messageEngaged(at(1.5), "m1", "clicked").byMachine(),
                ENGINE.messageEngaged(at(1.6), "m2", "clicked")));
        assertThat(figures.summary().path("channels").toString()).isEqualTo("{\"push\":{\"sent\":1,\"failed\":1}}");
        assertThat(figures.summary().path("trafficCost")).isEqualTo(json("{'EUR': '0.1'}"));
        JsonNode push = node(figures, "push");
        assertThat(push.path("engagements").toString())
                .isEqualTo("{\"clicked\":{\"count\":1,\"users\":1,\"machine\":1}}");
        assertThat(push.path("platforms").path("ios").path("sentCount").asLong())
                .isEqualTo(1);
        assertThat(push.path("platforms")
                        .path("unknown")
                        .path("failedUserCount")
                        .asLong())
                .isEqualTo(1);
        assertThat(push.path("clickThroughRate").toString())
                .isEqualTo("{\"value\":100.0,\"numerator\":1,\"denominator\":1}");
    }

    @Test
    void completedWaitingAndDroppedUsersAreAllWhoEntered() {
        // a left the node, b still waits there, c was taken out of it: 1 + 1 + 1 = 3.
        List<List<JourneyEvent>> people = List.of(
                List.of(
                        ENGINE.nodeEntered(at(1), entry("a", 1), new VisitRef("wait", "v1")),
                        ENGINE.nodeExited(at(3), entry("a", 1), new VisitRef("wait", "v1"))),
                List.of(ENGINE.nodeEntered(at(1), entry("b", 1), new VisitRef("wait", "v1"))),
                List.of(
                        ENGINE.nodeEntered(at(1), entry("c", 1), new VisitRef("wait", "v1")),
                        ENGINE.journeyExited(at(2), entry("c", 1), ExitReason.CANCELLED)));
        Expectation figures = truth(List.of(ALL), people).of(ALL);
        JsonNode wait = node(figures, "wait");
        assertThat(wait.path("entryUserCount").asLong()).isEqualTo(3);
        assertThat(wait.path("completionRate").path("numerator").asLong()).isEqualTo(1);
        assertThat(wait.path("waitingUserCount").asLong()).isEqualTo(1);
        assertThat(wait.path("droppedUserCount").asLong()).isEqualTo(1);
        assertThat(wait.path("exitCount").asLong()).isEqualTo(1);
        assertThat(wait.path("duration").toString())
                .isEqualTo("{\"count\":1,\"mean\":7200000.0,\"min\":7200000.0,\"p50\":7200000.0,\"p90\":7200000.0,"
                        + "\"p95\":7200000.0,\"p99\":7200000.0,\"max\":7200000.0}");
    }

    @Test
    void aTransitionComesFromTheVisitBeforeWhereTheEventDoesNotSay() {
        EntryRef entry = entry("u", 1);
        Expectation figures = all(List.of(
                ENGINE.nodeEntered(at(1), entry, new VisitRef("push", "v1")),
                ENGINE.nodeEntered(at(2), entry, new VisitRef("wait", "v2")),
                ENGINE.nodeEntered(at(3), entry, new VisitRef("push", "v3")).from("wait", "again")));
        assertThat(figures.transitions().toString())
                .isEqualTo(json("[{'from': null, 'to': 'push', 'edgeId': null, 'count': 1, 'users': 1},"
                                + "{'from': 'push', 'to': 'wait', 'edgeId': null, 'count': 1, 'users': 1},"
                                + "{'from': 'wait', 'to': 'push', 'edgeId': 'again', 'count': 1, 'users': 1}]")
                        .toString());
    }

    @Test
    void aStageIsCompletedByAVisitFurtherDownAndTheLastByACompletedExit() {
        // a: push, wait, completed. b: push, gone. c: push, still there. First: 3 in, 1 through, 1 waits, 1 dropped.
        List<List<JourneyEvent>> people = List.of(
                List.of(
                        ENGINE.nodeEntered(at(1), entry("a", 1), new VisitRef("push", "v1")),
                        ENGINE.nodeEntered(at(2), entry("a", 1), new VisitRef("wait", "v2")),
                        ENGINE.journeyExited(at(3), entry("a", 1), ExitReason.COMPLETED)),
                List.of(
                        ENGINE.nodeEntered(at(1), entry("b", 1), new VisitRef("push", "v1")),
                        ENGINE.journeyExited(at(2), entry("b", 1), ExitReason.EXPIRED)),
                List.of(ENGINE.nodeEntered(at(1), entry("c", 1), new VisitRef("push", "v1"))));
        JsonNode stages = truth(List.of(ALL), people).of(ALL).stages();
        assertThat(stages.get(0).path("enteredUsers").asLong()).isEqualTo(3);
        assertThat(stages.get(0).path("completedUsers").asLong()).isEqualTo(1);
        assertThat(stages.get(0).path("waitingUsers").asLong()).isEqualTo(1);
        assertThat(stages.get(0).path("droppedUsers").asLong()).isEqualTo(1);
        assertThat(stages.get(1).path("enteredUsers").asLong()).isEqualTo(1);
        assertThat(stages.get(1).path("completedUsers").asLong()).isEqualTo(1);
    }

    @Test
    void leavesTestEntriesOutUnlessAsked() {
        Scope withTests = ALL.withTests();
        Truth truth = truth(
                List.of(ALL, withTests),
                List.of(List.of(ENGINE.journeyEntered(at(1), entry("u", 1)).asTest())));
        assertThat(truth.of(ALL).summary().path("entries").asLong()).isZero();
        assertThat(truth.of(withTests).summary().path("entries").asLong()).isEqualTo(1);
    }

    @Test
    void theOrderOfArrivalChangesNothing() {
        EntryRef entry = entry("u", 1);
        MessageRef message = new MessageRef("push", "m1", "push");
        List<JourneyEvent> events = new ArrayList<>(List.of(
                ENGINE.journeyEntered(at(1), entry),
                ENGINE.nodeEntered(at(1), entry.at(1), new VisitRef("push", "v1")),
                ENGINE.messageFailed(at(1), entry.at(2), message, null),
                ENGINE.messageSent(at(1), entry.at(3), message),
                ENGINE.nodeExited(at(2), entry, new VisitRef("push", "v1")),
                purchase("u", 3, "4"),
                ENGINE.journeyExited(at(4), entry, ExitReason.GOAL)));
        Expectation inOrder = all(events);
        for (long seed = 0; seed < 50; seed++) {
            Collections.shuffle(events, new Random(seed));
            Expectation shuffled = all(events);
            assertThat(shuffled.summary()).as("seed %d", seed).isEqualTo(inOrder.summary());
            assertThat(shuffled.nodes()).as("seed %d", seed).isEqualTo(inOrder.nodes());
        }
    }
}
