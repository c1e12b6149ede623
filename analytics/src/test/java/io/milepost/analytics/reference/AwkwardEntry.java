package io.milepost.analytics.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milepost.analytics.reference.AwkwardStreams.Feature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One pass of a user through a journey, told step by step by its engine. */
final class AwkwardEntry {

    private static final List<String> REASONS =
            List.of("completed", "completed", "completed", "cancelled", "expired", "failed", "goal");
    private static final List<String> KINDS = List.of(
            "delivered",
            "shown",
            "opened",
            "clicked",
            "clicked",
            "replied",
            "bounced",
            "unsubscribed",
            "complained",
            "forwarded");

    final AwkwardJourney journey;
    final Instant startedAt;

    @Nullable
    Instant exitedAt;

    private final Dice dice;
    private final AwkwardPeople people;
    private final String entryId;
    private final String userId;
    private final boolean sequenced;
    private long version;
    private Instant now;
    private int steps;
    private int visits;
    private @Nullable String lastNode;

    AwkwardEntry(Dice dice, AwkwardPeople people, AwkwardJourney journey, String entryId, String userId) {
        this.dice = dice;
        this.people = people;
        this.journey = journey;
        this.entryId = entryId;
        this.userId = userId;
        sequenced = !dice.is(Feature.NO_SEQUENCE);
        version = dice.of(journey.versions());
        startedAt = dice.instant();
        now = startedAt;
    }

    void walk() {
        enter();
        int length = dice.between(0, 5) + (dice.is(Feature.LOOP) ? dice.between(2, 5) : 0);
        for (int step = 0; step < length; step++) {
            visit(dice.of(journey.nodes()));
            if (dice.is(Feature.MIGRATION)) {
                migrate();
            }
        }
        if (dice.is(Feature.EARLY_EXIT)) {
            exit(startedAt.minus(dice.pause()));
        } else if (!dice.is(Feature.STILL_ACTIVE)) {
            exit(now);
        }
        if (dice.is(Feature.SECOND_EXIT)) {
            exit(now.plus(dice.pause()));
        }
        if (dice.is(Feature.VISIT_AFTER_EXIT)) {
            pause();
            visit(dice.of(journey.nodes()));
        }
    }

    private void enter() {
        ObjectNode data = Json.object();
        if (dice.is(Feature.VARIANT)) {
            data.put("variant", dice.of(List.of("A", "B", "control", "ﬀ & co")));
        }
        if (dice.is(Feature.TEST_ENTRY)) {
            data.put("test", true);
        }
        if (dice.is(Feature.ATTRIBUTES)) {
            data.putObject("attributes").put("plan", "pro").put("seats", 3).put("trial", false);
        }
        tell("journey.entered", now, data);
        if (dice.chance(0.05)) {
            tell("journey.entered", now.plus(dice.pause()), Json.object().put("variant", "B"));
        }
    }

    private void visit(String node) {
        String visitId = "v" + visits++;
        ObjectNode arrival = at(node, visitId);
        if (lastNode != null && dice.chance(0.6)) {
            arrival.put("fromNodeId", dice.chance(0.9) ? lastNode : dice.of(journey.nodes()));
        }
        if (dice.chance(0.4)) {
            arrival.put("edgeId", "f" + dice.between(1, 3));
        }
        tell("journey.node.entered", now, arrival);
        lastNode = node;
        pause();
        if (dice.chance(0.45)) {
            send(node);
        }
        if (dice.chance(0.2)) {
            ObjectNode outcome = Json.object().put("nodeId", node).put("name", dice.of(AwkwardNames.OUTCOMES));
            tell("journey.outcome", now, dice.chance(0.5) ? outcome.put("value", 7) : outcome);
        }
        if (dice.is(Feature.PARALLEL_BRANCH) && visits < 20) {
            visit(dice.of(journey.nodes()));
        }
        if (dice.chance(0.85)) {
            leave(node, visitId);
        }
        pause();
    }

    private static ObjectNode at(String node, String visitId) {
        return Json.object().put("nodeId", node).put("visitId", visitId);
    }

    private void leave(String node, String visitId) {
        ObjectNode leaving = at(dice.is(Feature.EXIT_AT_OTHER_NODE) ? dice.of(journey.nodes()) : node, visitId);
        if (dice.is(Feature.CANCELLED_VISIT)) {
            leaving.put("cancelled", true);
        }
        if (dice.chance(0.4)) {
            leaving.put("outcome", dice.of(AwkwardNames.OUTCOMES));
        }
        Instant time = dice.chance(0.03) ? now.minus(dice.pause()) : now;
        tell("journey.node.exited", time, leaving);
    }

    private void send(String node) {
        String messageId = people.newMessageId();
        String channel = dice.of(AwkwardNames.CHANNELS);
        boolean failed = dice.chance(0.2);
        attempt(node, messageId, channel, !failed, now);
        if (failed ? dice.is(Feature.FAILED_THEN_SENT) : dice.is(Feature.SENT_THEN_FAILED)) {
            attempt(node, messageId, channel, failed, now.plus(dice.pause()));
        }
        if (dice.is(Feature.OTHER_ENTRY_OF_MESSAGE)) {
            AwkwardEntry other = dice.of(people.entries);
            other.attempt(dice.of(other.journey.nodes()), messageId, channel, dice.chance(0.7), now.plus(dice.pause()));
        }
        int engagements = dice.between(0, 3);
        for (int number = 0; number < engagements; number++) {
            engage(messageId);
        }
    }

    private void attempt(String node, String messageId, String channel, boolean sent, Instant time) {
        ObjectNode data = Json.object()
                .put("nodeId", node)
                .put("messageId", messageId)
                .put("channel", dice.chance(0.95) ? channel : dice.of(AwkwardNames.CHANNELS));
        if (!dice.is(Feature.NO_PLATFORM)) {
            data.put("platform", dice.of(AwkwardNames.PLATFORMS));
        } else if (dice.chance(0.3)) {
            data.putNull("platform");
        }
        if (dice.is(Feature.COST)) {
            data.set("cost", people.money(true));
        }
        if (!sent) {
            data.put("reason", "timeout");
        }
        tell(sent ? "journey.message.sent" : "journey.message.failed", time, data);
    }

    private void engage(String messageId) {
        Instant time = dice.is(Feature.EARLY_ENGAGEMENT) ? now.minus(dice.pause()) : now.plus(dice.pause());
        ObjectNode data = Json.object().put("messageId", messageId).put("kind", dice.of(KINDS));
        if (dice.is(Feature.MACHINE)) {
            data.put("machine", true);
        }
        people.add("journey.message.engaged", time, data);
    }

    private void migrate() {
        long from = version;
        version = dice.of(journey.versions());
        tell("journey.migrated", now, Json.object().put("fromVersion", from));
    }

    private void exit(Instant time) {
        ObjectNode data = Json.object().put("reason", dice.of(REASONS));
        if (dice.chance(0.4)) {
            data.put("nodeId", dice.of(journey.nodes()));
        }
        tell("journey.exited", time, data);
        if (exitedAt == null || time.isBefore(exitedAt)) {
            exitedAt = time;
        }
    }

    private void pause() {
        now = now.plus(dice.pause());
    }

    private void tell(String type, Instant time, ObjectNode data) {
        data.put("journeyId", journey.id()).put("version", version).put("entryId", entryId);
        data.put("userId", dice.is(Feature.OTHER_USER) ? dice.of(people.users) : userId);
        boolean odd = dice.is(Feature.ODD_SEQUENCE);
        long sequence = odd ? dice.of(List.of(-1L, 0L, 3_000_000_000L, 7L)) : steps;
        steps++;
        if (sequenced || odd) {
            data.put("sequence", sequence);
        }
        people.addAtOneInstant(type, time.truncatedTo(ChronoUnit.NANOS), data);
    }
}
