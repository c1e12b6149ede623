package io.milepost.simulator.truth;

import io.milepost.spi.JourneyEvent.EntryRejected;
import io.milepost.spi.JourneyEvent.MessageEngaged;
import io.milepost.spi.JourneyEvent.UserActed;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Is told of each thing a figure counts, where the figure counts it; makes the row of its list where someone wants it. A
 * list's name comes in two parts, put together only then.
 */
final class Rows {

    static final Rows NONE = new Rows(null);

    private final @Nullable BiConsumer<ListName, Row> wanted;

    Rows(@Nullable BiConsumer<ListName, Row> wanted) {
        this.wanted = wanted;
    }

    void user(String path, String measure, @Nullable String node, Entry entry) {
        if (wanted != null) {
            wanted.accept(new ListName(path + measure, node), Row.ofUser(entry.userId(), entry.entryId()));
        }
    }

    void user(String measure, @Nullable String node, Entry entry) {
        user("", measure, node, entry);
    }

    void entry(String path, String measure, @Nullable String node, Entry entry) {
        if (wanted != null) {
            wanted.accept(new ListName(path + measure, node), Row.ofEntry(entry.userId(), entry.entryId()));
        }
    }

    void entry(String measure, @Nullable String node, Entry entry) {
        entry("", measure, node, entry);
    }

    void visit(String measure, String node, Entry entry) {
        if (wanted != null) {
            wanted.accept(new ListName(measure, node), Row.ofVisit(entry.userId(), entry.entryId(), node));
        }
    }

    void message(String path, String measure, @Nullable String node, Entry entry, Message message) {
        if (wanted != null) {
            wanted.accept(
                    new ListName(path + measure, node),
                    Row.ofMessage(entry.userId(), entry.entryId(), message.ref().messageId(), message.time()));
        }
    }

    /** A message of the journey, also by its channel. */
    void message(Entry entry, Message message) {
        if (wanted != null) {
            message("", message.sent() ? "messagesSent" : "messagesFailed", null, entry, message);
            message("channels." + message.ref().channel(), message.sent() ? ".sent" : ".failed", null, entry, message);
        }
    }

    void engagement(String path, String measure, String node, Entry entry, MessageEngaged event) {
        if (wanted != null) {
            wanted.accept(
                    new ListName(path + measure, node),
                    Row.ofEngagement(entry.userId(), event.messageId(), event.kind(), event.time()));
        }
    }

    void outcome(String node, Entry entry, String outcome, Instant time) {
        if (wanted != null) {
            wanted.accept(
                    new ListName("outcomes." + outcome + ".count", node),
                    Row.ofOutcome(entry.userId(), entry.entryId(), node, outcome, time));
        }
    }

    void outcomeUser(String node, Entry entry, String outcome) {
        if (wanted != null) {
            user("outcomes." + outcome, ".users", node, entry);
        }
    }

    void event(String measure, UserActed event) {
        if (wanted != null) {
            wanted.accept(new ListName(measure, null), Row.ofEvent(event.userId(), event.name(), event.time()));
        }
    }

    void rejection(EntryRejected event) {
        if (wanted != null) {
            String user = event.userId() == null ? "" : event.userId();
            Row row = Row.ofRejection(user, event.reason(), event.time());
            wanted.accept(new ListName("rejectedEntries", null), row);
            wanted.accept(new ListName("rejectedEntries." + event.reason(), null), row);
        }
    }
}
