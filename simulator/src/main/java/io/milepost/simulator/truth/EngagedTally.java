package io.milepost.simulator.truth;

import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Monthly engaged persons: who has an entry, no test, that started in the month. */
public final class EngagedTally {

    /** One month: a row for each person by his first entry, and the persons of each journey. */
    public static final class Month {
        private final Fingerprint rows = new Fingerprint();
        private final Map<String, Long> byJourney = new TreeMap<>();

        public Fingerprint rows() {
            return rows;
        }

        /** Persons engaged by each journey, whether first by it or not. */
        public Map<String, Long> byJourney() {
            return byJourney;
        }
    }

    private static final Comparator<Entry> FIRST = Comparator.comparing(Entry::startedAt)
            .thenComparing(Entry::journeyId)
            .thenComparing(Entry::entryId);

    private final ZoneId zone;
    private final Map<YearMonth, Month> months = new TreeMap<>();

    /** @param zone the account's */
    EngagedTally(ZoneId zone) {
        this.zone = zone;
    }

    void add(Facts facts) {
        first(facts.entries(), zone).forEach((month, entry) -> month(month).rows.add(row(entry)));
        Map<YearMonth, Set<String>> journeys = new HashMap<>();
        for (Entry entry : facts.entries()) {
            if (!entry.test()) {
                YearMonth month = YearMonth.from(entry.startedAt().atZone(zone));
                if (journeys.computeIfAbsent(month, key -> new HashSet<>()).add(entry.journeyId())) {
                    month(month).byJourney.merge(entry.journeyId(), 1L, Long::sum);
                }
            }
        }
    }

    /** By month, those that have any. */
    public Map<YearMonth, Month> months() {
        return months;
    }

    static Map<YearMonth, Entry> first(Collection<Entry> entries, ZoneId zone) {
        Map<YearMonth, Entry> first = new HashMap<>();
        for (Entry entry : entries) {
            if (!entry.test()) {
                first.merge(
                        YearMonth.from(entry.startedAt().atZone(zone)),
                        entry,
                        (one, other) -> FIRST.compare(one, other) <= 0 ? one : other);
            }
        }
        return first;
    }

    static Row row(Entry entry) {
        return Row.ofEngaged(entry.userId(), entry.journeyId(), entry.startedAt());
    }

    private Month month(YearMonth month) {
        return months.computeIfAbsent(month, key -> new Month());
    }
}
