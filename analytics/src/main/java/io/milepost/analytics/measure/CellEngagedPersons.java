package io.milepost.analytics.measure;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.Range;
import io.milepost.analytics.cell.UserUnion;
import io.milepost.analytics.cell.What;
import io.milepost.analytics.event.Nanos;
import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.Journey;
import io.milepost.analytics.history.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The users of entries that started in the month, as the figure of entered users counts them: by cells, and by folding
 * again whoever entered on a day that the month's ends cut in the zone.
 */
public final class CellEngagedPersons implements EngagedPersons {

    private static final int LARGEST_JOURNEYS = 10;
    private static final int USERS_AT_ONCE = 5_000;
    private static final int ROWS_AT_ONCE = 1_000;

    private final CellProjection projection;

    public CellEngagedPersons(CellProjection projection) {
        this.projection = projection;
    }

    @Override
    public Month month(YearMonth month, ZoneId zone) {
        Scope scope = scope(month, zone);
        return projection.read(cells -> {
            UserUnion all = new UserUnion();
            List<OfJourney> byJourney = new ArrayList<>();
            for (Journey journey : cells.histories().journeys()) {
                UserUnion persons = persons(cells, journey, scope);
                if (persons.size() > 0) {
                    all.addAll(persons);
                    byJourney.add(new OfJourney(journey.id(), journey.name(), persons.size()));
                }
            }
            byJourney.sort(Comparator.comparingLong(OfJourney::persons)
                    .reversed()
                    .thenComparing(of -> Text.of(of.journeyId())));
            return new Month(
                    all.size(), byJourney.stream().limit(LARGEST_JOURNEYS).toList());
        });
    }

    private static Scope scope(YearMonth month, ZoneId zone) {
        Instant from = start(month.atDay(1), zone);
        Instant to = start(month.plusMonths(1).atDay(1), zone);
        return Scope.allTime(Instant.EPOCH).between(from, to);
    }

    private static Instant start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    private static UserUnion persons(Cells cells, Journey journey, Scope scope) {
        return Selection.of(cells, journey, scope).cohort().users(What.ENTRY);
    }

    /** The first entry of a user in the month. */
    private record First(long at, int user, int entry) {}

    @Override
    public Report report(YearMonth month, ZoneId zone) {
        Scope scope = scope(month, zone);
        return new Told(projection.read(cells -> users(cells, scope)), scope.range());
    }

    private List<First> rows(int[] users, Range range) {
        List<First> rows = new ArrayList<>(users.length);
        for (int from = 0; from < users.length; from += USERS_AT_ONCE) {
            int first = from;
            int end = Math.min(from + USERS_AT_ONCE, users.length);
            rows.addAll(projection.read(cells -> firsts(cells, range, users, first, end)));
        }
        rows.sort(Comparator.comparingLong(First::at));
        // Sorted but for rows of one time: only these need names, and the lock.
        projection.read(cells -> {
            rows.sort(Comparator.comparingLong(First::at)
                    .thenComparing(row -> Text.of(cells.histories().userId(row.user()))));
            return rows.size();
        });
        return rows;
    }

    private static int[] users(Cells cells, Scope scope) {
        UserUnion all = new UserUnion();
        cells.histories().journeys().forEach(journey -> all.addAll(persons(cells, journey, scope)));
        int[] users = new int[all.size()];
        int[] next = {0};
        all.forEach(user -> users[next[0]++] = user);
        return users;
    }

    private static List<First> firsts(Cells cells, Range range, int[] users, int from, int end) {
        List<First> firsts = new ArrayList<>(end - from);
        for (int i = from; i < end; i++) {
            int entry = first(cells, range, users[i]);
            if (entry >= 0) {
                firsts.add(new First(cells.histories().startedAt(entry), users[i], entry));
            }
        }
        return firsts;
    }

    /** The user's first entry in the range that is no test; -1 = none (any more). */
    private static int first(Cells cells, Range range, int user) {
        Histories histories = cells.histories();
        int[] first = {-1};
        histories.entriesOf(user, entry -> {
            boolean test = cells.of(histories.journeyOf(entry))
                    .scopes()
                    .get(histories.scopeOf(entry))
                    .test();
            if (!test
                    && range.has(histories.startedAt(entry))
                    && (first[0] < 0 || isBefore(histories, entry, first[0]))) {
                first[0] = entry;
            }
        });
        return first[0];
    }

    private static boolean isBefore(Histories histories, int one, int other) {
        int order = Long.compare(histories.startedAt(one), histories.startedAt(other));
        if (order == 0) {
            order = Text.of(histories.journeyOf(one).id())
                    .compareTo(Text.of(histories.journeyOf(other).id()));
        }
        return order == 0
                ? Text.of(histories.entryId(one)).compareTo(Text.of(histories.entryId(other))) < 0
                : order < 0;
    }

    /** Knows at once how many there are, and looks for their entries once it is asked who. One thread. */
    private final class Told implements Report {

        private final int[] users;
        private final Range range;
        private @Nullable List<First> found;

        Told(int[] users, Range range) {
            this.users = users;
            this.range = range;
        }

        @Override
        public int size() {
            return users.length;
        }

        @Override
        public Iterator<Person> from(int first) {
            List<First> rows = found == null ? rows(users, range) : found;
            found = rows;
            return new Iterator<>() {
                private int next = Math.min(first, rows.size());
                private Iterator<Person> told = Collections.emptyIterator();

                @Override
                public boolean hasNext() {
                    return told.hasNext() || next < rows.size();
                }

                @Override
                public Person next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    if (!told.hasNext()) {
                        List<First> some = rows.subList(next, Math.min(next + ROWS_AT_ONCE, rows.size()));
                        told = projection
                                .read(cells -> some.stream()
                                        .map(row -> person(cells.histories(), row))
                                        .toList())
                                .iterator();
                        next += some.size();
                    }
                    return told.next();
                }
            };
        }
    }

    private static Person person(Histories histories, First row) {
        Journey journey = histories.journeyOf(row.entry());
        Instant at = Nanos.toInstant(row.at());
        return new Person(histories.userId(row.user()), at, at, journey.id(), journey.name());
    }
}
