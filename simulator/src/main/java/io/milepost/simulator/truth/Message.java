package io.milepost.simulator.truth;

import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.MessageEngaged;
import io.milepost.spi.JourneyEvent.MessageFailed;
import io.milepost.spi.JourneyEvent.MessageSent;
import io.milepost.spi.MessageRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message: the latest of its tries says how it ended, the earliest of those that ended so says all else. */
final class Message {

    private @Nullable MessageSent firstSent;
    private @Nullable MessageFailed firstFailed;
    private @Nullable JourneyEvent latest;
    private List<MessageEngaged> engagements = List.of();

    /** In canonical order. */
    void tried(JourneyEvent event) {
        latest = event;
        if (event instanceof MessageSent sent && firstSent == null) {
            firstSent = sent;
        }
        if (event instanceof MessageFailed failed && firstFailed == null) {
            firstFailed = failed;
        }
    }

    void engaged(List<MessageEngaged> events) {
        engagements = new ArrayList<>(events);
    }

    boolean sent() {
        return latest instanceof MessageSent;
    }

    Instant time() {
        if (latest == null) {
            throw new IllegalStateException("a message is known by its tries");
        }
        return latest.time();
    }

    MessageRef ref() {
        if (sent() && firstSent != null) {
            return firstSent.message();
        }
        if (firstFailed != null) {
            return firstFailed.message();
        }
        throw new IllegalStateException("a message is known by its tries");
    }

    /** Entry and journey of the event that {@link #ref} is of. */
    String entryKey() {
        if (sent() && firstSent != null) {
            return Facts.key(firstSent.entry());
        }
        if (firstFailed != null) {
            return Facts.key(firstFailed.entry());
        }
        throw new IllegalStateException("a message is known by its tries");
    }

    String platform() {
        String platform = ref().platform();
        return platform == null ? "unknown" : platform;
    }

    List<MessageEngaged> engagements() {
        return engagements;
    }
}
