package io.milepost.simulator.truth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milepost.spi.JourneyEvent.MessageEngaged;
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
    private final MessageTally messages = new MessageTally();
    private final Map<String, MessageTally> platforms = new TreeMap<>();

    NodeTally(String nodeId) {
        this.nodeId = nodeId;
    }

    void addVisit(long person, Visit visit, boolean entryIsActive) {
        visits++;
        users.add(person);
        if (visit.completed()) {
            completedUsers.add(person);
        }
        if (visit.leftAt() == null && entryIsActive) {
            active++;
            activeUsers.add(person);
        }
    }

    void addLeft(long person, Visit visit) {
        if (visit.completed()) {
            completed++;
        }
        Long duration = visit.duration();
        if (duration != null) {
            durations.add(duration);
        }
        addOutcome(person, visit.outcome());
    }

    void addOutcome(long person, @Nullable String name) {
        if (name != null) {
            Outcome outcome = outcomes.computeIfAbsent(name, key -> new Outcome());
            outcome.count++;
            outcome.users.add(person);
        }
    }

    void addExit(boolean converted) {
        exits++;
        exitsWithoutConversion += converted ? 0 : 1;
    }

    void addMessage(long person, Message message) {
        messages.addMessage(person, message.sent());
        platform(message).addMessage(person, message.sent());
    }

    void addEngagement(long person, Message message, MessageEngaged event) {
        messages.addEngagement(person, event);
        platform(message).addEngagement(person, event);
    }

    private MessageTally platform(Message message) {
        return platforms.computeIfAbsent(message.platform(), name -> new MessageTally());
    }

    /** After the last of that person. */
    void close(long person) {
        messages.close(person);
        if (users.has(person) && !completedUsers.has(person)) {
            if (activeUsers.has(person)) {
                waitingUsers++;
            } else {
                droppedUsers++;
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
