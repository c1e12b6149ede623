package io.milepost.simulator.truth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milepost.spi.JourneyEvent.MessageEngaged;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The measures of one node in one scope. */
final class NodeTally {

    private static final class Outcome {
        long count;
        final Distinct users = new Distinct();
    }

    private final String nodeId;
    private long visits;
    private long completed;
    private long active;
    private long exits;
    private long exitsWithoutConversion;
    private long waitingUsers;
    private long droppedUsers;
    private final Distinct users = new Distinct();
    private final Distinct completedUsers = new Distinct();
    private final Distinct activeUsers = new Distinct();
    private final Durations durations = new Durations();
    private final Map<String, Outcome> outcomes = new TreeMap<>();
    private final Rows rows;
    private final MessageTally messages;
    private final Map<String, MessageTally> platforms = new TreeMap<>();
    private @Nullable Entry entered;

    NodeTally(String nodeId, Rows rows) {
        this.nodeId = nodeId;
        this.rows = rows;
        this.messages = new MessageTally("", nodeId, rows);
    }

    void addVisit(long person, Entry entry, Visit visit) {
        visits++;
        entered = entry;
        rows.visit("entryCount", nodeId, entry);
        if (users.add(person)) {
            rows.user("entryUserCount", nodeId, entry);
        }
        if (visit.completed() && completedUsers.add(person)) {
            rows.user("completionRate", nodeId, entry);
        }
        if (visit.leftAt() == null && entry.active()) {
            active++;
            activeUsers.add(person);
            rows.visit("activeCount", nodeId, entry);
        }
    }

    void addLeft(long person, Entry entry, Visit visit) {
        if (visit.completed()) {
            completed++;
            rows.visit("completedCount", nodeId, entry);
        }
        Long duration = visit.duration();
        if (duration != null) {
            durations.add(duration);
            rows.visit("duration", nodeId, entry);
        }
        Instant left = visit.leftAt();
        String outcome = visit.outcome();
        if (outcome != null && left != null) {
            addOutcome(person, entry, outcome, left);
        }
    }

    void addOutcome(long person, Entry entry, String name, Instant time) {
        Outcome outcome = outcomes.computeIfAbsent(name, key -> new Outcome());
        outcome.count++;
        rows.outcome(nodeId, entry, name, time);
        if (outcome.users.add(person)) {
            rows.outcomeUser(nodeId, entry, name);
        }
    }

    void addExit(Entry entry) {
        exits++;
        rows.entry("exitCount", nodeId, entry);
        if (!entry.converted()) {
            exitsWithoutConversion++;
            rows.entry("exitWithoutConversionCount", nodeId, entry);
        }
    }

    void addMessage(long person, Entry entry, Message message) {
        messages.addMessage(person, entry, message);
        platform(message).addMessage(person, entry, message);
    }

    void addEngagement(long person, Entry entry, Message message, MessageEngaged event) {
        messages.addEngagement(person, entry, event);
        platform(message).addEngagement(person, entry, event);
    }

    private MessageTally platform(Message message) {
        return platforms.computeIfAbsent(
                message.platform(), name -> new MessageTally("platforms." + name + ".", nodeId, rows));
    }

    /** After the last of that person. */
    void close(long person) {
        messages.close(person);
        if (entered != null && users.has(person) && !completedUsers.has(person)) {
            if (activeUsers.has(person)) {
                waitingUsers++;
                rows.user("waiting", nodeId, entered);
            } else {
                droppedUsers++;
                rows.user("dropped", nodeId, entered);
            }
        }
    }

    ObjectNode json() {
        ObjectNode json = Shapes.object();
        json.put("nodeId", nodeId)
                .put("entryCount", visits)
                .put("entryUserCount", users.count())
                .put("completedCount", completed)
                .put("activeCount", active)
                .put("exitCount", exits)
                .put("exitWithoutConversionCount", exitsWithoutConversion);
        json.set("completionRate", Shapes.rate(completedUsers.count(), users.count()));
        json.put("waitingUserCount", waitingUsers).put("droppedUserCount", droppedUsers);
        json.set("dropOffRate", Shapes.rate(droppedUsers, users.count()));
        messages.write(json);
        json.set("clickThroughRate", messages.clickThroughRate());
        ObjectNode byOutcome = json.putObject("outcomes");
        outcomes.forEach((name, outcome) ->
                byOutcome.putObject(name).put("count", outcome.count).put("users", outcome.users.count()));
        json.set("duration", durations.json());
        ObjectNode byPlatform = json.putObject("platforms");
        platforms.forEach((name, tally) -> tally.write(byPlatform.putObject(name)));
        return json;
    }
}
