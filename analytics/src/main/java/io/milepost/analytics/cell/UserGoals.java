package io.milepost.analytics.cell;

import io.milepost.analytics.fold.Goals;
import io.milepost.analytics.history.DefinedVersion;
import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.HistoryEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one user's own events mean for one journey: which of his entries they convert, where each event counts. Nothing
 * of it is a sum over entries, for one event may convert several of them. Pure; cost n log n in entries and events.
 */
final class UserGoals {

    /** One of the user's entries in the journey. */
    record Pass(int entry, int scope, long version, long startedAt, long deadline) {}

    private final int user;
    private final List<Pass> passes;
    private final Goals goals;

    UserGoals(int user, List<Pass> passes, Goals goals) {
        this.user = user;
        this.passes = new ArrayList<>(passes);
        this.passes.sort(Comparator.comparingLong(Pass::startedAt));
        this.goals = goals;
    }

    static Pass pass(Histories histories, JourneyCells cells, int entry) {
        int scope = histories.scopeOf(entry);
        long version = cells.scopes().get(scope).version();
        DefinedVersion defined = cells.journey().version(version);
        long deadline = defined == null ? Histories.NEVER : defined.deadline(histories.exitedAt(entry));
        return new Pass(entry, scope, version, histories.startedAt(entry), deadline);
    }

    boolean isEmpty() {
        return goals.isEmpty() || passes.isEmpty();
    }

    List<Pass> passes() {
        return passes;
    }

    /** {@link Histories#NEVER} = not converted. */
    long convertedAt(Pass pass) {
        return goals.convertedAt(pass.version(), pass.startedAt(), pass.deadline());
    }

    /** Users' presence: who performed the goal, and where his counted conversion lies. */
    void members(JourneyCells cells, Contribution into) {
        if (isEmpty()) {
            return;
        }
        Map<Integer, Long> counted = new HashMap<>();
        for (Pass pass : passes) {
            int first = goals.firstFrom(pass.version(), pass.startedAt());
            if (first < goals.of(pass.version()).size()) {
                into.put(cells.slot(What.GOAL_USER, false, pass.scope(), -1, -1, -1), pass.startedAt(), 0, 0, user);
            }
            long at = convertedAt(pass);
            if (at != Histories.NEVER) {
                counted.merge(pass.scope(), at, Math::min);
            }
        }
        counted.forEach(
                (scope, at) -> into.put(cells.slot(What.CONVERTED_USER, true, scope, -1, -1, -1), at, 0, 0, user));
        earliestByScope().forEach((scope, earliest) -> performed(cells, scope, earliest, into));
    }

    private Map<Integer, Pass> earliestByScope() {
        Map<Integer, Pass> earliest = new HashMap<>();
        passes.forEach(pass -> earliest.putIfAbsent(pass.scope(), pass));
        return earliest;
    }

    private void performed(JourneyCells cells, int scope, Pass earliest, Contribution into) {
        List<HistoryEvent> events = goals.of(earliest.version());
        for (int i = goals.firstFrom(earliest.version(), earliest.startedAt()); i < events.size(); i++) {
            long at = events.get(i).time;
            into.put(cells.slot(What.GOAL_USER, true, scope, -1, -1, -1), at, 0, 0, user);
            into.put(cells.slot(What.TOUCHED, true, scope, -1, -1, -1), at, 0, 0, user);
        }
    }

    /** Hears for each goal event where it counts. */
    interface Counted {
        void count(EventSignature signature, @Nullable BigDecimal amount, int currency);
    }

    void count(Counted into) {
        sweep((event, reached, converted) -> {
            if (!reached.isEmpty()) {
                into.count(signature(false, false, reached, event.time), event.amount, event.currency);
                into.count(signature(false, true, reached, event.time), event.amount, event.currency);
            }
            if (!converted.isEmpty()) {
                into.count(signature(true, false, converted, event.time), null, -1);
                into.count(signature(true, true, converted, event.time), null, -1);
            }
        });
    }

    /** The goal events, of whichever version, in canonical order. */
    List<HistoryEvent> events() {
        return goals.all();
    }

    /** Whether the event is the pass's conversion event and not before its start. */
    boolean reaches(HistoryEvent event, Pass pass) {
        return pass.startedAt() <= event.time && goals.counts(event, pass.version());
    }

    boolean converts(HistoryEvent event, Pass pass) {
        return event.time <= pass.deadline() && reaches(event, pass);
    }

    private interface Visitor {
        void visit(HistoryEvent event, Set<Spot> reached, Set<Spot> converted);
    }

    /** Scope and UTC day of start: entries that no query of whole days tells apart. */
    private record Spot(int scope, long version, int day) {
        static Spot of(Pass pass) {
            return new Spot(pass.scope(), pass.version(), Days.of(pass.startedAt()));
        }
    }

    /** Goes through the goal events in order of time, with the entries begun and the windows open at each. */
    private void sweep(Visitor visitor) {
        if (isEmpty()) {
            return;
        }
        Set<Spot> begun = new HashSet<>();
        Map<Spot, Integer> open = new HashMap<>();
        PriorityQueue<Pass> closing = new PriorityQueue<>(Comparator.comparingLong(Pass::deadline));
        int next = 0;
        for (HistoryEvent event : goals.all()) {
            while (next < passes.size() && passes.get(next).startedAt() <= event.time) {
                Pass pass = passes.get(next++);
                begun.add(Spot.of(pass));
                open.merge(Spot.of(pass), 1, Integer::sum);
                closing.add(pass);
            }
            while (!closing.isEmpty() && closing.peek().deadline() < event.time) {
                open.computeIfPresent(Spot.of(closing.remove()), (spot, count) -> count == 1 ? null : count - 1);
            }
            visitor.visit(event, counting(event, begun), counting(event, open.keySet()));
        }
    }

    private Set<Spot> counting(HistoryEvent event, Set<Spot> spots) {
        Set<Spot> counting = new HashSet<>(spots);
        counting.removeIf(spot -> !goals.counts(event, spot.version()));
        return counting;
    }

    private static EventSignature signature(boolean conversion, boolean activity, Set<Spot> spots, long at) {
        long[] places = spots.stream()
                .mapToLong(spot -> EventSignature.place(spot.scope(), activity ? Days.of(at) : spot.day()))
                .sorted()
                .distinct()
                .toArray();
        return new EventSignature(conversion, activity, places);
    }
}
