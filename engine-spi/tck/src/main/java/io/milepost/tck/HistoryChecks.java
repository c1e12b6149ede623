package io.milepost.tck;

import io.milepost.spi.EntryRef;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.JourneyEntered;
import io.milepost.spi.JourneyEvent.JourneyExited;
import io.milepost.spi.JourneyEvent.NodeEntered;
import io.milepost.spi.JourneyEvent.NodeExited;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What holds of any history that is told in order: {@code entered (node.entered … node.exited | message | outcome |
 * migrated)* exited}, every id once.
 */
final class HistoryChecks {
    private final Set<String> ids = new HashSet<>();
    private final Set<String> entries = new HashSet<>();
    private final Set<String> over = new HashSet<>();
    private final Map<String, String> open = new HashMap<>();

    private HistoryChecks() {}

    /** Throws an AssertionError that begins with the rule's id. */
    static void check(Iterable<JourneyEvent> events) {
        HistoryChecks checks = new HistoryChecks();
        events.forEach(checks::next);
    }

    private void next(JourneyEvent event) {
        require(ids.add(event.source() + ' ' + event.id()), "E7: told twice", event);
        EntryRef entry = HistoryLine.entryOf(event);
        if (entry == null) {
            return;
        }
        if (event instanceof JourneyEntered) {
            require(entries.add(entry.entryId()), "E1: entered twice", event);
        }
        require(entries.contains(entry.entryId()), "E1: told before the entry itself", event);
        require(!over.contains(entry.entryId()), "E3: told after the entry was over", event);
        visits(event, entry);
        if (event instanceof JourneyExited) {
            over.add(entry.entryId());
            require(!open.containsValue(entry.entryId()), "E3: over with visits still open", event);
        }
    }

    private void visits(JourneyEvent event, EntryRef entry) {
        if (event instanceof NodeEntered in) {
            String visit = entry.entryId() + ' ' + in.visit().visitId();
            require(open.put(visit, entry.entryId()) == null, "E2: entered again by the same visit", event);
        } else if (event instanceof NodeExited out) {
            String visit = entry.entryId() + ' ' + out.visit().visitId();
            require(open.remove(visit) != null, "E2: exited without having been entered", event);
        }
    }

    private static void require(boolean holds, String otherwise, JourneyEvent event) {
        if (!holds) {
            throw new AssertionError(otherwise + ":" + HistoryLine.of(event));
        }
    }
}
