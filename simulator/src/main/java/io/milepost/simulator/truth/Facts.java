package io.milepost.simulator.truth;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one person's events say, whatever order they are given in. */
final class Facts {

    /** The order of measures: time, the entry's sequence, source, id. */
    static final Comparator<JourneyEvent> CANONICAL = Comparator.comparing(JourneyEvent::time)
            .thenComparingLong(Facts::sequence)
            .thenComparing(JourneyEvent::source)
            .thenComparing(JourneyEvent::id);

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<EntryRejected> rejections = new ArrayList<>(0);
    private final List<UserActed> deeds = new ArrayList<>();
    private final Map<String, Message> messages = new LinkedHashMap<>();
    private final Map<String, List<MessageEngaged>> engagements = new HashMap<>();
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;

    Facts(List<JourneyEvent> events, Definitions definitions) {
        List<JourneyEvent> ordered = new ArrayList<>(events);
        ordered.sort(CANONICAL);
        ordered.forEach(this::read);
        messages.forEach((id, message) -> {
            message.engaged(engagements.getOrDefault(id, List.of()));
            Entry entry = entries.get(message.entryKey());
            if (entry != null) {
                entry.messages.add(message);
            }
        });
        entries.values().forEach(entry -> entry.settle(definitions, deeds));
        if (!ordered.isEmpty()) {
            first = ordered.get(0).time();
            last = ordered.get(ordered.size() - 1).time();
        }
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    List<EntryRejected> rejections() {
        return rejections;
    }

    /** Whether anything of this person happened in the range; entries began no earlier either. */
    boolean touches(Scope scope) {
        return (scope.from() == null || !last.isBefore(scope.from()))
                && (scope.to() == null || first.isBefore(scope.to()));
    }

    static String key(EntryRef entry) {
        return entry.journeyId() + '\n' + entry.entryId();
    }

    /** Visits by their first sign: the arrival, or the leaving where that is all there is. */
    static List<Visit> inOrder(Collection<Visit> visits) {
        List<Visit> ordered = new ArrayList<>(visits);
        ordered.sort(Comparator.comparing(Facts::sign, CANONICAL));
        return ordered;
    }

    private static JourneyEvent sign(Visit visit) {
        JourneyEvent sign = visit.entered != null ? visit.entered : visit.exited;
        if (sign == null) {
            throw new IllegalStateException("a visit is known by its arrival or its leaving");
        }
        return sign;
    }

    private static long sequence(JourneyEvent event) {
        EntryRef entry = entry(event);
        return entry == null || entry.sequence() == null ? 0 : entry.sequence();
    }

    static @Nullable EntryRef entry(JourneyEvent event) {
        if (event instanceof JourneyEntered e) {
            return e.entry();
        } else if (event instanceof NodeEntered e) {
            return e.entry();
        } else if (event instanceof NodeExited e) {
            return e.entry();
        } else if (event instanceof MessageSent e) {
            return e.entry();
        } else if (event instanceof MessageFailed e) {
            return e.entry();
        } else if (event instanceof OutcomeReached e) {
            return e.entry();
        } else if (event instanceof JourneyMigrated e) {
            return e.entry();
        } else if (event instanceof JourneyExited e) {
            return e.entry();
        }
        return null;
    }

    private void read(JourneyEvent event) {
        EntryRef ref = entry(event);
        if (ref != null) {
            readEntry(entries.computeIfAbsent(key(ref), key -> new Entry(ref, event)), event);
        } else if (event instanceof MessageEngaged engaged) {
            engagements
                    .computeIfAbsent(engaged.messageId(), id -> new ArrayList<>(2))
                    .add(engaged);
        } else if (event instanceof UserActed acted) {
            deeds.add(acted);
        } else if (event instanceof EntryRejected rejected) {
            rejections.add(rejected);
        }
    }

    private void readEntry(Entry entry, JourneyEvent event) {
        if (event instanceof JourneyEntered entered) {
            entry.entered(entered);
        } else if (event instanceof NodeEntered entered) {
            Visit visit = entry.visit(entered.visit().visitId());
            visit.entered = visit.entered == null ? entered : visit.entered;
        } else if (event instanceof NodeExited exited) {
            Visit visit = entry.visit(exited.visit().visitId());
            visit.exited = visit.exited == null ? exited : visit.exited;
        } else if (event instanceof MessageSent sent) {
            message(sent.message().messageId()).tried(sent);
        } else if (event instanceof MessageFailed failed) {
            message(failed.message().messageId()).tried(failed);
        } else if (event instanceof OutcomeReached outcome) {
            entry.outcomes.add(outcome);
        } else if (event instanceof JourneyExited exited) {
            entry.exited(exited);
        }
    }

    private Message message(String id) {
        return messages.computeIfAbsent(id, key -> new Message());
    }
}
