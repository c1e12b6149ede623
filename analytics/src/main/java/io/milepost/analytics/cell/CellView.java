package io.milepost.analytics.cell;

import io.milepost.analytics.fold.EntryFold;
import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.HistoryEvent;
import io.milepost.analytics.history.Journey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A journey's cells in some scopes, cut to ranges of time. Days that lie in a range whole are read from the cells. For a
 * day that a range cuts, the users who were there on that day are folded again and what they contribute to it is put into
 * cells of its pieces: the same fold, the same contribution, so a cut figure is as exact as any. {@link CutDays} keeps
 * them until the day changes.
 *
 * <p>For the time of one read under the lock; one thread.
 */
public final class CellView {

    private final Cells cells;
    private final JourneyCells journey;
    private final boolean activity;
    private final BitSet scopes = new BitSet();
    private final List<Range> ranges;
    private final Map<What, List<Series>> series = new EnumMap<>(What.class);
    private final Map<Boolean, List<List<Piece>>> pieces = new HashMap<>(2);
    private @Nullable List<Map<EventKind, EventCell>> cutEvents;

    /** What a range has of a day that it cuts. */
    private record Piece(CutDay of, int number) {}

    /** Of events: those that convert, or all that are goals. */
    private record EventKind(boolean conversion) {}

    /**
     * @param activity whether deeds count by their own time; else by their entry's start
     * @param ranges ascending and without overlap
     */
    public CellView(Cells cells, Journey journey, boolean activity, Predicate<EntryScope> wanted, List<Range> ranges) {
        this.cells = cells;
        this.journey = cells.of(journey);
        this.activity = activity;
        this.ranges = ranges;
        for (int scope = 0; scope < this.journey.scopes().size(); scope++) {
            scopes.set(scope, wanted.test(this.journey.scopes().get(scope)));
        }
        for (Series each : this.journey.series()) {
            if (each.key().activity() == activity && scopes.get(each.key().scope())) {
                series.computeIfAbsent(each.key().what(), any -> new ArrayList<>())
                        .add(each);
            }
        }
    }

    public List<Series> series(What what) {
        return series.getOrDefault(what, List.of());
    }

    /** The cells of one series that make up its figure in the range of that index. */
    public void cells(Series of, int range, Consumer<Cell> visitor) {
        Range in = ranges.get(range);
        if (in.firstDay() < in.endDay()) {
            if (of.key().what() == What.OPEN) {
                of.each(in.firstDay(), in.endDay(), visitor);
            } else {
                of.between(in.firstDay(), in.endDay(), visitor);
            }
        }
        pieces(of, range, visitor);
    }

    /** The cells of the parts of days that the range cuts. */
    private void pieces(Series of, int range, Consumer<Cell> visitor) {
        List<Piece> pieces =
                pieces(!EntryContribution.OF_COURSE.contains(of.key().what())).get(range);
        if (!pieces.isEmpty()) {
            int slot = slot(of.key());
            for (Piece piece : pieces) {
                Cell cell = piece.of().find(slot, piece.number());
                if (cell != null) {
                    visitor.accept(cell);
                }
            }
        }
    }

    /** Durations of series taken together; null = none. */
    public @Nullable DurationSum durations(List<Series> of, int range) {
        DurationSum sum = new DurationSum();
        Range in = ranges.get(range);
        for (Series each : of) {
            cells(each, range, cell -> addDurations(cell, sum));
            each.eachDay(in.firstDay(), in.endDay(), (day, cell) -> extremes(each, day, cell, sum));
            pieces(each, range, cell -> addExtremes(cell, sum));
        }
        return sum.count() == 0 ? null : sum;
    }

    private static void addExtremes(Cell cell, DurationSum sum) {
        DurationBuckets durations = cell.durations();
        if (durations != null) {
            sum.extremes(durations.min(), durations.max());
        }
    }

    private static void addDurations(Cell cell, DurationSum sum) {
        DurationBuckets durations = cell.durations();
        if (durations != null) {
            sum.add(durations);
        }
    }

    private void extremes(Series of, int day, Cell cell, DurationSum sum) {
        DurationBuckets durations = cell.durations();
        if (durations != null && durations.count() > 0) {
            settleExtremes(of, day, durations);
            sum.extremes(durations.min(), durations.max());
        }
    }

    /** Finds extremes again that were taken back, from the users who completed the node on that day. */
    private void settleExtremes(Series of, int day, DurationBuckets durations) {
        synchronized (durations) {
            if (durations.extremesKnown()) {
                return;
            }
            CellKey key = of.key();
            int slot = slot(key);
            long[] extremes = {Long.MAX_VALUE, Long.MIN_VALUE};
            Contribution collect = new Contribution() {
                @Override
                public void put(int at, long time, long value, int count, int user) {
                    if (at == slot && Days.of(time) == day) {
                        extremes[0] = Math.min(extremes[0], value);
                        extremes[1] = Math.max(extremes[1], value);
                    }
                }

                @Override
                public void pay(int at, long time, BigDecimal amount) {}
            };
            Cell completed = journey.series(
                            journey.slot(What.COMPLETED, key.activity(), key.scope(), key.node(), -1, -1))
                    .at(day);
            if (completed != null && completed.users() != null) {
                completed.users().forEach(user -> contribute(user, collect));
            }
            durations.extremes(extremes[0], extremes[1]);
        }
    }

    /** User events that convert (or, else, all goal events) counted once each, with their worth. */
    public EventCell events(boolean conversion, int range) {
        EventCell sum = new EventCell();
        Range in = ranges.get(range);
        journey.events().forEach((signature, cell) -> {
            if (signature.activity() == activity && signature.conversion() == conversion && counts(signature, in)) {
                sum.addAll(cell);
            }
        });
        EventCell part = cutEvents().get(range).get(new EventKind(conversion));
        if (part != null) {
            sum.addAll(part);
        }
        return sum;
    }

    private boolean counts(EventSignature signature, Range in) {
        for (int place = 0; place < signature.places(); place++) {
            if (scopes.get(signature.scope(place)) && in.hasDay(signature.day(place))) {
                return true;
            }
        }
        return false;
    }

    /** All who may have put anything into cells of that range. */
    public UserUnion usersIn(int range) {
        UserUnion there = new UserUnion();
        series(marker())
                .forEach(each -> cells(each, range, cell -> {
                    if (cell.users() != null) {
                        there.add(cell.users());
                    }
                }));
        return there;
    }

    /**
     * Folds the entries of the users it is given again, and has a row for each time that they put anything into one of
     * the series in that range.
     */
    public IntConsumer rows(List<Series> of, int range, Consumer<FactRow> visitor) {
        BitSet slots = new BitSet();
        of.forEach(each -> slots.set(slot(each.key())));
        RowContribution into = new RowContribution(journey, slots, ranges.get(range), visitor);
        return user -> contribute(user, into);
    }

    /** Has a row for each event of the users it is given that converts (or, else, is a goal) in that range. */
    public IntConsumer eventRows(boolean conversion, int range, Consumer<FactRow> visitor) {
        return user -> eventRows(conversion, range, user, visitor);
    }

    private void eventRows(boolean conversion, int range, int user, Consumer<FactRow> visitor) {
        UserGoals goals = cells.goals(journey.journey(), user);
        for (HistoryEvent event : goals.events()) {
            for (UserGoals.Pass pass : goals.passes()) {
                boolean counts = conversion ? goals.converts(event, pass) : goals.reaches(event, pass);
                long at = activity ? event.time : pass.startedAt();
                if (counts && scopes.get(pass.scope()) && ranges.get(range).has(at)) {
                    visitor.accept(FactRow.of(user, pass, event));
                    break;
                }
            }
        }
    }

    /** First and last instant of any deed, in whatever scope; empty ({@code from} after {@code to}) where there is none. */
    public Range extent() {
        TreeSet<Integer> days = new TreeSet<>();
        markers().forEach(each -> each.eachDay(Integer.MIN_VALUE, Integer.MAX_VALUE, (day, cell) -> days.add(day)));
        // A day may be marked without a deed left on it: then the next one has the end.
        long first = Long.MAX_VALUE;
        for (Iterator<Integer> up = days.iterator(); up.hasNext() && first == Long.MAX_VALUE; ) {
            first = cutDay(up.next(), List.of(), true).first();
        }
        long last = Long.MIN_VALUE;
        for (Iterator<Integer> down = days.descendingIterator(); down.hasNext() && last == Long.MIN_VALUE; ) {
            last = cutDay(down.next(), List.of(), true).last();
        }
        return new Range(first, last);
    }

    private What marker() {
        return activity ? What.TOUCHED : What.ENTRY;
    }

    private int slot(CellKey key) {
        return journey.slot(key.what(), key.activity(), key.scope(), key.node(), key.x(), key.y());
    }

    private void contribute(int user, Contribution into) {
        Histories histories = cells.histories();
        entries(user, entry -> scopes.get(histories.scopeOf(entry)), entry -> contributeAll(entry, into));
    }

    private void entries(int user, IntPredicate wanted, IntConsumer visitor) {
        Histories histories = cells.histories();
        histories.entriesOf(user, entry -> {
            if (histories.journeyOf(entry) == journey.journey() && wanted.test(entry)) {
                visitor.accept(entry);
            }
        });
    }

    private void contributeAll(int entry, Contribution into) {
        cells.contribution(journey.journey()).all(cells.state(EntryFold.fold(cells.histories(), entry)), into);
    }

    /** For each range what it has of days that it cuts: two pieces at most. */
    private List<List<Piece>> pieces(boolean whole) {
        return pieces.computeIfAbsent(whole, this::cutDays);
    }

    private List<List<Piece>> cutDays(boolean whole) {
        // Days have nothing to do with each other, and to fold one may take long.
        Map<Integer, CutDay> days = cuts().entrySet().parallelStream()
                .collect(Collectors.toConcurrentMap(
                        Map.Entry::getKey, each -> cutDay(each.getKey(), List.copyOf(each.getValue()), whole)));
        List<List<Piece>> found = new ArrayList<>(ranges.size());
        for (Range range : ranges) {
            List<Piece> ofRange = new ArrayList<>(2);
            IntStream.of(Days.of(range.from()), Days.of(range.to()))
                    .distinct()
                    .filter(range::cuts)
                    .forEach(day -> ofRange.add(piece(Objects.requireNonNull(days.get(day)), day, range)));
            found.add(ofRange);
        }
        return found;
    }

    private static Piece piece(CutDay pieces, int day, Range of) {
        return new Piece(pieces, pieces.piece(Math.max(of.from(), Days.start(day))));
    }

    /** The instants inside of days at which ranges begin or end, by day. */
    private Map<Integer, TreeSet<Long>> cuts() {
        Map<Integer, TreeSet<Long>> cuts = new HashMap<>();
        for (Range range : ranges) {
            cut(range.from(), cuts);
            cut(range.to(), cuts);
        }
        return cuts;
    }

    private static void cut(long at, Map<Integer, TreeSet<Long>> into) {
        boolean whole = at == Long.MIN_VALUE || at == Long.MAX_VALUE || Days.start(Days.of(at)) == at;
        if (!whole) {
            into.computeIfAbsent(Days.of(at), any -> new TreeSet<>()).add(at);
        }
    }

    private CutDay cutDay(int day, List<Long> cuts, boolean whole) {
        int number = journey.journey().number();
        CutDays.Key key = new CutDays.Key(number, activity, day, journey.change(day), cuts, whole);
        return cells.cutDays().get(key, () -> fold(day, cuts, whole));
    }

    /** In all scopes, whatever this view wants: the next one may want another. */
    private CutDay fold(int day, List<Long> cuts, boolean whole) {
        Histories histories = cells.histories();
        CutDay pieces = new CutDay(journey, activity, day, cuts);
        IntPredicate there = entry -> activity || Days.of(histories.startedAt(entry)) == day;
        IntConsumer put = whole ? entry -> contributeAll(entry, pieces) : entry -> contributeCourse(entry, pieces);
        new DayUsers(markers()).on(day).forEach(user -> {
            entries(user, there, put);
            if (whole) {
                cells.goals(journey.journey(), user).members(journey, pieces);
            }
        });
        return pieces;
    }

    private void contributeCourse(int entry, Contribution into) {
        cells.contribution(journey.journey()).course(cells.course(entry), into);
    }

    /** Who to fold for a day, in all scopes. */
    private List<Series> markers() {
        return journey.series().stream()
                .filter(each -> each.key().what() == marker() && each.key().activity() == activity)
                .toList();
    }

    private List<Map<EventKind, EventCell>> cutEvents() {
        List<Map<EventKind, EventCell>> known = cutEvents;
        if (known != null) {
            return known;
        }
        List<Map<EventKind, EventCell>> parts = new ArrayList<>(ranges.size());
        ranges.forEach(range -> parts.add(new HashMap<>()));
        if (journey.journey().converts()) {
            UserUnion there = new UserUnion();
            DayUsers days = new DayUsers(series(marker()));
            cuts().keySet().forEach(day -> there.addAll(days.on(day)));
            there.forEach(user -> cutEvents(cells.goals(journey.journey(), user), parts));
        }
        cutEvents = parts;
        return parts;
    }

    private void cutEvents(UserGoals goals, List<Map<EventKind, EventCell>> parts) {
        for (HistoryEvent event : goals.events()) {
            for (boolean conversion : new boolean[] {false, true}) {
                BitSet cutHere = new BitSet();
                BitSet wholeHere = new BitSet();
                for (UserGoals.Pass pass : goals.passes()) {
                    boolean counts = conversion ? goals.converts(event, pass) : goals.reaches(event, pass);
                    long at = activity ? event.time : pass.startedAt();
                    int range = counts && scopes.get(pass.scope()) ? rangeOf(at) : -1;
                    if (range >= 0) {
                        (ranges.get(range).hasDay(Days.of(at)) ? wholeHere : cutHere).set(range);
                    }
                }
                cutHere.andNot(wholeHere);
                cutHere.stream().forEach(range -> parts.get(range)
                        .computeIfAbsent(new EventKind(conversion), any -> new EventCell())
                        .add(1, conversion ? null : event.amount, event.currency));
            }
        }
    }

    /** Index of the range that has the instant, or -1. */
    private int rangeOf(long at) {
        int low = 0;
        int high = ranges.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).from() <= at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > 0 && ranges.get(low - 1).has(at) ? low - 1 : -1;
    }
}
