package io.milepost.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.spi.EntryRef;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.JourneyEntered;
import io.milepost.spi.JourneyEvent.JourneyExited;
import io.milepost.spi.JourneyEvent.NodeEntered;
import io.milepost.spi.JourneyEvent.NodeExited;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was told of one entry, with the questions the rules ask. */
final class Seen {
    private final String entryId;
    private final List<JourneyEvent> events;

    private Seen(String entryId, List<JourneyEvent> events) {
        this.entryId = entryId;
        this.events = events;
    }

    static Seen of(String entryId, List<JourneyEvent> all) {
        List<JourneyEvent> own = all.stream()
                .filter(event -> {
                    EntryRef entry = HistoryLine.entryOf(event);
                    return entry != null && entry.entryId().equals(entryId);
                })
                .toList();
        return new Seen(entryId, own);
    }

    List<JourneyEvent> events() {
        return events;
    }

    List<EntryRef> refs() {
        return events.stream()
                .map(HistoryLine::entryOf)
                .filter(Objects::nonNull)
                .toList();
    }

    <T extends JourneyEvent> List<T> all(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    JourneyEntered entered() {
        List<JourneyEntered> found = all(JourneyEntered.class);
        assertThat(found).as("journey.entered of " + entryId).hasSize(1);
        return found.get(0);
    }

    JourneyExited exited() {
        List<JourneyExited> found = all(JourneyExited.class);
        assertThat(found).as("journey.exited of " + entryId).hasSize(1);
        return found.get(0);
    }

    /** Visits to that node in the order of their arrival. */
    List<Visit> visits(String nodeId) {
        Map<String, Visit> visits = new LinkedHashMap<>();
        for (JourneyEvent event : events) {
            if (event instanceof NodeEntered in && in.visit().nodeId().equals(nodeId)) {
                visits.merge(in.visit().visitId(), new Visit(in, null), (old, fresh) -> new Visit(in, old.exited()));
            } else if (event instanceof NodeExited out && out.visit().nodeId().equals(nodeId)) {
                visits.merge(
                        out.visit().visitId(), new Visit(null, out), (old, fresh) -> new Visit(old.entered(), out));
            }
        }
        return List.copyOf(visits.values());
    }

    Visit visit(String nodeId) {
        List<Visit> found = visits(nodeId);
        assertThat(found).as("visits to '" + nodeId + "'").hasSize(1);
        return found.get(0);
    }

    /** So many visits, each entered, exited, and not cancelled. */
    void completed(String nodeId, int times) {
        List<Visit> found = visits(nodeId);
        assertThat(found).as("visits to '" + nodeId + "'").hasSize(times);
        assertThat(found)
                .as("visits to '" + nodeId + "', entered and exited, none cancelled")
                .allMatch(visit -> visit.in() && visit.out() && !visit.cancelled());
    }

    void completed(String... nodeIds) {
        for (String nodeId : nodeIds) {
            completed(nodeId, 1);
        }
    }

    void cancelled(String nodeId, int times) {
        assertThat(visits(nodeId))
                .as("visits to '" + nodeId + "', entered and cancelled")
                .hasSize(times)
                .allMatch(visit -> visit.in() && visit.cancelled());
    }

    void open(String nodeId, int times) {
        assertThat(visits(nodeId).stream().filter(visit -> !visit.out()))
                .as("open visits to '" + nodeId + "'")
                .hasSize(times);
    }

    record Visit(@Nullable NodeEntered entered, @Nullable NodeExited exited) {
        String id() {
            return entered != null
                    ? entered.visit().visitId()
                    : Objects.requireNonNull(exited).visit().visitId();
        }

        NodeEntered arrival() {
            return Objects.requireNonNull(entered, "the visit was exited and never entered");
        }

        NodeExited departure() {
            return Objects.requireNonNull(exited, "the visit was never exited");
        }

        boolean in() {
            return entered != null;
        }

        boolean out() {
            return exited != null;
        }

        boolean cancelled() {
            return exited != null && exited.cancelled();
        }
    }
}
