package io.milepost.simulator.report;

import io.milepost.spi.EntryRef;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.EntryRejected;
import io.milepost.spi.JourneyEvent.JourneyEntered;
import io.milepost.spi.JourneyEvent.JourneyExited;
import io.milepost.spi.JourneyEvent.JourneyMigrated;
import io.milepost.spi.JourneyEvent.MessageEngaged;
import io.milepost.spi.JourneyEvent.MessageFailed;
import io.milepost.spi.JourneyEvent.MessageSent;
import io.milepost.spi.JourneyEvent.NodeEntered;
import io.milepost.spi.JourneyEvent.NodeExited;
import io.milepost.spi.JourneyEvent.OutcomeReached;
import io.milepost.spi.JourneyEvent.UserActed;
import io.milepost.spi.JourneyEvent.UserProfiled;
import io.milepost.spi.Money;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The life of one user, a line an event: when (UTC), in which entry, and what. */
public final class Biography {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Map<String, String> entryOfMessage = new HashMap<>();

    private record Line(String time, String entry, String what) {}

    /** @param life in order of time */
    public List<String> lines(List<JourneyEvent> life) {
        List<Line> lines = life.stream().map(this::line).toList();
        int width = lines.stream().mapToInt(line -> line.entry.length()).max().orElse(0);
        List<String> told = new ArrayList<>();
        String time = "";
        for (Line line : lines) {
            String when = line.time.equals(time) ? " ".repeat(time.length()) : line.time;
            told.add("  " + when + "  " + line.entry + " ".repeat(width - line.entry.length()) + "  " + line.what);
            time = line.time;
        }
        return told;
    }

    private Line line(JourneyEvent event) {
        String time = TIME.format(event.time());
        if (event instanceof JourneyEntered e) {
            return new Line(time, e.entry().entryId(), entered(e));
        } else if (event instanceof JourneyExited e) {
            String at = e.nodeId() == null ? "" : " at " + e.nodeId();
            return new Line(time, e.entry().entryId(), "exits as " + e.reason().wireName() + at);
        } else if (event instanceof JourneyMigrated e) {
            return of(time, e.entry(), "goes on in version " + e.entry().version() + " instead of " + e.fromVersion());
        } else if (event instanceof NodeEntered e) {
            String inside = e.parentVisitId() == null ? "" : ", in visit " + e.parentVisitId();
            return of(
                    time,
                    e.entry(),
                    "→ " + e.visit().nodeId() + " (visit " + e.visit().visitId() + inside + ")");
        } else if (event instanceof NodeExited e) {
            String how = (e.cancelled() ? ", cancelled" : "") + (e.outcome() == null ? "" : ": " + e.outcome());
            return of(time, e.entry(), "← " + e.visit().nodeId() + how);
        } else if (event instanceof MessageSent e) {
            entryOfMessage.put(e.message().messageId(), e.entry().entryId());
            Money cost = e.message().cost();
            String told = e.message().channel() + " " + e.message().messageId() + " sent at "
                    + e.message().nodeId();
            return of(time, e.entry(), told + (cost == null ? "" : " for " + text(cost)));
        } else if (event instanceof MessageFailed e) {
            entryOfMessage.put(e.message().messageId(), e.entry().entryId());
            String told = e.message().channel() + " " + e.message().messageId() + " failed at "
                    + e.message().nodeId();
            return of(time, e.entry(), told + (e.reason() == null ? "" : ": " + e.reason()));
        } else if (event instanceof OutcomeReached e) {
            return of(time, e.entry(), "outcome " + e.name() + " at " + e.nodeId());
        }
        return beside(time, event);
    }

    /** What belongs to the user, not to one of his entries. */
    private Line beside(String time, JourneyEvent event) {
        if (event instanceof MessageEngaged e) {
            String who = e.machine() ? " by a machine" : "";
            String link = e.link() == null ? "" : ": " + e.link();
            String entry = entryOfMessage.getOrDefault(e.messageId(), "");
            return new Line(time, entry, (entry.isEmpty() ? "" : "  ") + e.kind() + " " + e.messageId() + who + link);
        } else if (event instanceof UserActed e) {
            return new Line(time, "", "does " + e.name() + worth(e.value()) + text(e.attributes()));
        } else if (event instanceof UserProfiled e) {
            return new Line(time, "", "is " + e.userId() + text(e.attributes()));
        } else if (event instanceof EntryRejected e) {
            return new Line(time, "", "is turned away from " + e.journey().journeyId() + ": " + e.reason());
        }
        return new Line(time, "", event.type().wireName());
    }

    private static Line of(String time, EntryRef entry, String what) {
        return new Line(time, entry.entryId(), "  " + what);
    }

    private static String entered(JourneyEntered event) {
        return "enters " + event.entry().journeyId() + ", version "
                + event.entry().version()
                + (event.variant() == null ? "" : ", variant " + event.variant())
                + (event.test() ? ", as a test" : "")
                + (event.parentEntryId() == null ? "" : ", called by " + event.parentEntryId());
    }

    private static String worth(@Nullable Money value) {
        return value == null ? "" : " worth " + text(value);
    }

    private static String text(Money money) {
        return money.amount().toPlainString() + (money.currency() == null ? "" : " " + money.currency());
    }

    private static String text(Map<String, Object> attributes) {
        return attributes.isEmpty() ? "" : " " + attributes;
    }
}
