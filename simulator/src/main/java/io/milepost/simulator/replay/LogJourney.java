package io.milepost.simulator.replay;

import io.milepost.simulator.replay.LogRow.Phase;
import io.milepost.spi.EntryRef;
import io.milepost.spi.EventSource;
import io.milepost.spi.ExitReason;
import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.JourneyDefined;
import io.milepost.spi.JourneyEvent.NodeEntered;
import io.milepost.spi.VisitRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a log as one journey. A case is an entry from its first row to its last, an activity a visit. Where the log
 * tells both ends of an activity, the visit is as long; where it has one row for each, a visit lasts until the case's next
 * one, and the last no time at all.
 */
public final class LogJourney {

    private final EventSource source;
    private final String journeyId;
    private final Map<String, List<LogRow>> cases = new LinkedHashMap<>();
    private final boolean phased;

    /** @param rows in any order; those of one case and time stay in the order given */
    public LogJourney(EventSource source, String journeyId, List<LogRow> rows) {
        if (rows.isEmpty()) {
            throw new LogException("the log has no rows");
        }
        this.source = source;
        this.journeyId = journeyId;
        rows.forEach(row ->
                cases.computeIfAbsent(row.caseId(), id -> new ArrayList<>()).add(row));
        cases.values().forEach(ofCase -> ofCase.sort(Comparator.comparing(LogRow::time)));
        phased = rows.stream().anyMatch(row -> row.phase() == Phase.START);
    }

    /** All events by user, each user's in order of time. */
    public Map<String, List<JourneyEvent>> lives() {
        Map<String, List<JourneyEvent>> lives = new LinkedHashMap<>();
        cases.values().forEach(rows -> lives.computeIfAbsent(rows.get(0).userId(), id -> new ArrayList<>())
                .addAll(new Entry(rows).events()));
        return lives;
    }

    /** The journey as the log shows it: its activities, and which followed which. */
    public JourneyDefined definition() {
        Set<String> activities = new LinkedHashSet<>();
        Set<JourneyDefinition.Edge> edges = new LinkedHashSet<>();
        Instant first = Instant.MAX;
        for (List<LogRow> rows : cases.values()) {
            first = rows.get(0).time().isBefore(first) ? rows.get(0).time() : first;
            @Nullable String before = null;
            for (JourneyEvent event : new Entry(rows).events()) {
                if (event instanceof NodeEntered entered) {
                    String activity = entered.visit().nodeId();
                    activities.add(activity);
                    if (before != null) {
                        edges.add(new JourneyDefinition.Edge(null, before, activity, null));
                    }
                    before = activity;
                }
            }
        }
        return source.journeyDefined(
                first,
                new JourneyDefinition(
                        journeyId,
                        1,
                        journeyId,
                        activities.stream()
                                .map(name -> new JourneyDefinition.Node(name, name, "custom", null))
                                .toList(),
                        List.copyOf(edges),
                        List.of(),
                        null,
                        List.of(),
                        null,
                        null,
                        null));
    }

    /** Writes the events of one case. */
    private final class Entry {
        private final List<LogRow> rows;
        private final String caseId;
        private final String userId;
        private final List<JourneyEvent> events = new ArrayList<>();
        private final Map<String, List<VisitRef>> running = new HashMap<>();
        private long sequence;
        private int visits;

        Entry(List<LogRow> rows) {
            this.rows = rows;
            this.caseId = rows.get(0).caseId();
            this.userId = rows.get(0).userId();
        }

        List<JourneyEvent> events() {
            events.add(source.journeyEntered(rows.get(0).time(), ref()));
            @Nullable VisitRef last = null;
            for (LogRow row : rows) {
                if (phased) {
                    last = phase(row, last);
                } else {
                    if (last != null) {
                        leave(last, row.time());
                    }
                    last = arrive(row);
                }
            }
            Instant end = rows.get(rows.size() - 1).time();
            if (!phased && last != null) {
                leave(last, end);
            }
            events.add(source.journeyExited(end, ref(), ExitReason.COMPLETED).at(last == null ? null : last.nodeId()));
            return events;
        }

        /** Gives the visit that was begun last. */
        private @Nullable VisitRef phase(LogRow row, @Nullable VisitRef last) {
            String key = row.activity() + '\n' + row.activityRun();
            List<VisitRef> open = running.computeIfAbsent(key, name -> new ArrayList<>(1));
            if (row.phase() == Phase.START) {
                VisitRef visit = arrive(row);
                open.add(visit);
                return visit;
            }
            if (open.isEmpty()) {
                VisitRef visit = arrive(row);
                leave(visit, row.time());
                return visit;
            }
            leave(open.remove(0), row.time());
            return last;
        }

        private VisitRef arrive(LogRow row) {
            VisitRef visit = new VisitRef(row.activity(), "v" + ++visits);
            events.add(source.nodeEntered(row.time(), ref(), visit));
            return visit;
        }

        private void leave(VisitRef visit, Instant time) {
            events.add(source.nodeExited(time, ref(), visit));
        }

        private EntryRef ref() {
            return new EntryRef(journeyId, 1, caseId, userId, sequence++);
        }
    }
}
