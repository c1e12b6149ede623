package io.milepost.simulator.truth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milepost.spi.JourneyEvent.MessageEngaged;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The message and engagement measures of a node, or of one platform there. */
final class MessageTally {

    private static final class Kind {
        final String list;
        long count;
        long machine;
        final Distinct users = new Distinct();

        Kind(String list) {
            this.list = list;
        }
    }

    private final String path;
    private final String node;
    private final Rows rows;
    private long sent;
    private long failed;
    private long clickedOfSent;
    private final Distinct sentUsers = new Distinct();
    private final Distinct failedUsers = new Distinct();
    private final Map<String, Kind> kinds = new TreeMap<>();
    private @Nullable Entry sentTo;

    /**
     * @param path before a measure's own name
     * @param rows is told what is counted
     */
    MessageTally(String path, String node, Rows rows) {
        this.path = path;
        this.node = node;
        this.rows = rows;
    }

    void addMessage(long person, Entry entry, Message message) {
        if (message.sent()) {
            sent++;
            rows.message(path, "sentCount", node, entry, message);
            if (sentUsers.add(person)) {
                sentTo = entry;
                rows.user(path, "sentUserCount", node, entry);
            }
        } else {
            failed++;
            rows.message(path, "failedCount", node, entry, message);
            if (failedUsers.add(person)) {
                rows.user(path, "failedUserCount", node, entry);
            }
        }
    }

    void addEngagement(long person, Entry entry, MessageEngaged event) {
        Kind kind = kinds.get(event.kind());
        if (kind == null) {
            kind = new Kind(path + "engagements." + event.kind());
            kinds.put(event.kind(), kind);
        }
        if (event.machine()) {
            kind.machine++;
            rows.engagement(kind.list, ".machine", node, entry, event);
            return;
        }
        kind.count++;
        rows.engagement(kind.list, ".count", node, entry, event);
        if (kind.users.add(person)) {
            rows.user(kind.list, ".users", node, entry);
        }
    }

    /** After the last of that person. */
    void close(long person) {
        if (sentTo == null || !sentUsers.has(person)) {
            return;
        }
        Kind clicked = kinds.get("clicked");
        if (clicked != null && clicked.users.has(person)) {
            clickedOfSent++;
            rows.user(path, "clickThroughRate", node, sentTo);
        } else {
            rows.user(path, "notClicked", node, sentTo);
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
