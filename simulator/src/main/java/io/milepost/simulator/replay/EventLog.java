package io.milepost.simulator.replay;

import io.milepost.spi.EntryRef;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.EntryRejected;
import io.milepost.spi.JourneyEvent.JourneyDefined;
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
import io.milepost.transport.CloudEvents;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file of CloudEvents, one a line, as {@code generate} writes it. An event that is there twice is taken once. */
public final class EventLog {

    private final Path file;

    public EventLog(Path file) {
        this.file = file;
    }

    /**
     * What a file tells.
     *
     * @param lives events by the user they count for
     */
    public record Told(List<JourneyDefined> definitions, Map<String, List<JourneyEvent>> lives) {}

    /** @throws LogException with the line, if an event cannot be read */
    public Told read() {
        List<JourneyEvent> events = events();
        List<JourneyDefined> definitions = new ArrayList<>();
        Map<String, String> owners = owners(events);
        Map<String, String> messages = new HashMap<>();
        for (JourneyEvent event : events) {
            if (event instanceof MessageSent sent) {
                messages.put(sent.message().messageId(), owner(owners, sent.entry()));
            } else if (event instanceof MessageFailed failed) {
                messages.put(failed.message().messageId(), owner(owners, failed.entry()));
            }
        }
        Map<String, List<JourneyEvent>> lives = new LinkedHashMap<>();
        for (JourneyEvent event : events) {
            if (event instanceof JourneyDefined defined) {
                definitions.add(defined);
            } else {
                lives.computeIfAbsent(user(event, owners, messages), id -> new ArrayList<>())
                        .add(event);
            }
        }
        if (lives.isEmpty()) {
            throw new LogException(file + ": tells of nobody; expected are CloudEvents, one a line");
        }
        return new Told(definitions, lives);
    }

    private List<JourneyEvent> events() {
        List<JourneyEvent> events = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        try (BufferedReader in = new BufferedReader(LogFile.read(file, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                JourneyEvent event = line.isBlank() ? null : event(line, number);
                if (event != null && seen.add(event.source() + '\n' + event.id())) {
                    events.add(event);
                }
            }
        } catch (IOException e) {
            throw LogFile.unreadable(file, StandardCharsets.UTF_8, e);
        }
        return events;
    }

    private JourneyEvent event(String line, int number) {
        try {
            return CloudEvents.decode(line.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new LogException(file + ":" + number + ": is no event: " + e.getMessage(), e);
        }
    }

    /** The user of each entry: of the earliest event that began it, else of its earliest event. */
    private static Map<String, String> owners(List<JourneyEvent> events) {
        Comparator<JourneyEvent> order = Comparator.comparing(JourneyEvent::time)
                .thenComparingLong(event -> {
                    EntryRef ref = entry(event);
                    return ref == null || ref.sequence() == null ? 0 : ref.sequence();
                })
                .thenComparing(JourneyEvent::source)
                .thenComparing(JourneyEvent::id);
        Map<String, String> owners = new HashMap<>();
        events.stream()
                .filter(event -> entry(event) != null)
                .sorted(Comparator.<JourneyEvent, Boolean>comparing(event -> !(event instanceof JourneyEntered))
                        .thenComparing(order))
                .forEach(event -> {
                    EntryRef ref = entry(event);
                    if (ref != null) {
                        owners.putIfAbsent(key(ref), ref.userId());
                    }
                });
        return owners;
    }

    private static String owner(Map<String, String> owners, EntryRef ref) {
        return owners.getOrDefault(key(ref), ref.userId());
    }

    private static String key(EntryRef ref) {
        return ref.journeyId() + '\n' + ref.entryId();
    }

    private static String user(JourneyEvent event, Map<String, String> owners, Map<String, String> messages) {
        EntryRef ref = entry(event);
        if (ref != null) {
            return owner(owners, ref);
        }
        if (event instanceof MessageEngaged engaged) {
            return messages.getOrDefault(engaged.messageId(), "\n" + engaged.messageId());
        } else if (event instanceof UserActed acted) {
            return acted.userId();
        } else if (event instanceof UserProfiled profiled) {
            return profiled.userId();
        } else if (event instanceof EntryRejected rejected && rejected.userId() != null) {
            return rejected.userId();
        }
        return "\n";
    }

    private static @Nullable EntryRef entry(JourneyEvent event) {
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
}
