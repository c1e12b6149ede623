package io.milepost.simulator.truth;

import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.EntryRejected;
import io.milepost.spi.JourneyEvent.JourneyDefined;
import io.milepost.spi.JourneyEvent.MessageEngaged;
import io.milepost.spi.JourneyEvent.MessageFailed;
import io.milepost.spi.JourneyEvent.MessageSent;
import io.milepost.spi.JourneyEvent.UserActed;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** What one person adds to one list, row by row, and the events that say so: for the reasons of a difference. */
public final class Ledger {

    private final Definitions definitions;

    public Ledger(List<JourneyDefined> definitions) {
        this.definitions = new Definitions(definitions);
    }

    /** Gives the rows that all events of a person put into the list, one person after another, on one thread. */
    public Function<List<JourneyEvent>, List<Row>> list(Scope scope, ListName list) {
        List<Row> rows = new ArrayList<>();
        Expectation expectation = new Expectation(scope, definitions, new Rows((name, row) -> {
            if (name.equals(list)) {
                rows.add(row);
            }
        }));
        AtomicLong people = new AtomicLong();
        return events -> {
            rows.clear();
            expectation.add(people.getAndIncrement(), new Facts(events, definitions));
            return List.copyOf(rows);
        };
    }

    /** Gives the row that all events of a person put into the report of monthly engaged persons, if any. */
    public Function<List<JourneyEvent>, List<Row>> engaged(YearMonth month, ZoneId zone) {
        return events -> {
            Entry entry = EngagedTally.first(new Facts(events, definitions).entries(), zone)
                    .get(month);
            return entry == null ? List.of() : List.of(EngagedTally.row(entry));
        };
    }

    /** Whom events name. */
    public static Set<String> users(List<JourneyEvent> events) {
        Set<String> users = new LinkedHashSet<>();
        for (JourneyEvent event : events) {
            var entry = Facts.entry(event);
            if (entry != null) {
                users.add(entry.userId());
            } else if (event instanceof UserActed acted) {
                users.add(acted.userId());
            } else if (event instanceof EntryRejected rejected && rejected.userId() != null) {
                users.add(rejected.userId());
            }
        }
        return users;
    }

    /** Of a person's events those a row is about, in canonical order. */
    public static List<JourneyEvent> about(Row row, List<JourneyEvent> events) {
        return events.stream()
                .filter(event -> isAbout(row, event))
                .sorted(Facts.CANONICAL)
                .toList();
    }

    private static boolean isAbout(Row row, JourneyEvent event) {
        if (row.messageId() != null) {
            return event instanceof MessageSent sent
                            && sent.message().messageId().equals(row.messageId())
                    || event instanceof MessageFailed failed
                            && failed.message().messageId().equals(row.messageId())
                    || event instanceof MessageEngaged engaged
                            && engaged.messageId().equals(row.messageId());
        }
        if (row.entryId() != null) {
            var entry = Facts.entry(event);
            return entry != null && entry.entryId().equals(row.entryId());
        }
        return row.text().endsWith(" at " + event.time());
    }
}
