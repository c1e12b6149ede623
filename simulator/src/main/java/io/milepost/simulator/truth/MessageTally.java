package io.milepost.simulator.truth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milepost.spi.JourneyEvent.MessageEngaged;
import java.util.Map;
import java.util.TreeMap;

/** The message and engagement measures of a node, or of one platform there. */
final class MessageTally {

    private static final class Kind {
        long count;
        long machine;
        final Distinct users = new Distinct();
    }

    private long sent;
    private long failed;
    private long clickedOfSent;
    private final Distinct sentUsers = new Distinct();
    private final Distinct failedUsers = new Distinct();
    private final Map<String, Kind> kinds = new TreeMap<>();

    void addMessage(long person, boolean wasSent) {
        if (wasSent) {
            sent++;
            sentUsers.add(person);
        } else {
            failed++;
            failedUsers.add(person);
        }
    }

    void addEngagement(long person, MessageEngaged event) {
        Kind kind = kinds.computeIfAbsent(event.kind(), name -> new Kind());
        if (event.machine()) {
            kind.machine++;
        } else {
            kind.count++;
            kind.users.add(person);
        }
    }

    /** After the last of that person. */
    void close(long person) {
        Kind clicked = kinds.get("clicked");
        if (sentUsers.has(person) && clicked != null && clicked.users.has(person)) {
            clickedOfSent++;
        }
    }

    void write(ObjectNode json) {
        json.put("sentCount", sent)
                .put("failedCount", failed)
                .put("sentUserCount", sentUsers.count())
                .put("failedUserCount", failedUsers.count());
        ObjectNode engagements = json.putObject("engagements");
        kinds.forEach((name, kind) -> engagements
                .putObject(name)
                .put("count", kind.count)
                .put("users", kind.users.count())
                .put("machine", kind.machine));
    }

    ObjectNode clickThroughRate() {
        return Shapes.rate(clickedOfSent, sentUsers.count());
    }
}
