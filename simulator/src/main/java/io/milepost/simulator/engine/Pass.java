package io.milepost.simulator.engine;

import io.milepost.simulator.engine.Plan.Step;
import io.milepost.simulator.engine.Plan.Way;
import io.milepost.simulator.scenario.Diagram.Cause;
import io.milepost.simulator.scenario.Diagram.Flow;
import io.milepost.simulator.scenario.Diagram.Kind;
import io.milepost.simulator.scenario.ScenarioException;
import io.milepost.spi.EntryRef;
import io.milepost.spi.ExitReason;
import io.milepost.spi.JourneyEvent.JourneyEntered;
import io.milepost.spi.VisitRef;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One entry: tokens that move through the diagram of its version, at every level, until none is left. It knows what BPMN
 * means; how long things take and which way is taken, its {@link Conduct} knows.
 */
final class Pass {

    /** Nodes an entry comes to at one instant; beyond, it goes round without end. */
    private static final int MOST_AT_ONCE = 10_000;

    private final Teller teller;
    private final Conduct conduct;
    private final String journeyId;
    private final String entryId;
    private final String userId;
    private final Place top = new Place(this, null);
    private final Joins joins;
    private final Catching catching = new Catching(this);
    private final List<String> seen = new ArrayList<>(8);
    private Plan.Version version;
    private int visits;
    private long sequence;
    private boolean over;
    private final Deque<Runnable> arrivals = new ArrayDeque<>(4);
    private boolean moving;
    private long instant = Long.MIN_VALUE;
    private int atOnce;

    Pass(Teller teller, Conduct conduct, String journeyId, String entryId, String userId, Plan.Version version) {
        this.teller = teller;
        this.conduct = conduct;
        this.journeyId = journeyId;
        this.entryId = entryId;
        this.userId = userId;
        this.version = version;
        this.joins = new Joins(this, conduct);
    }

    /** @param more adds what else is told of the entry */
    void enter(UnaryOperator<JourneyEntered> more) {
        teller.tell(more.apply(teller.source().journeyEntered(time(), ref())));
        moving(() -> begin(top, version.starts(null)));
    }

    String entryId() {
        return entryId;
    }

    boolean isOver() {
        return over;
    }

    Plan.Version version() {
        return version;
    }

    /** Whether the entry has come to that node. */
    boolean hasSeen(String node) {
        return seen.contains(node);
    }

    /** The entry, with the next place in its order of events. */
    EntryRef ref() {
        return new EntryRef(journeyId, version.settings.version(), entryId, userId, sequence++);
    }

    private Instant time() {
        return teller.time();
    }

    /**
     * Arrivals wait for one another, so that no loop of a diagram is one of calls. Only once none is left can one tell what
     * still may come to a joining gateway.
     */
    void moving(Runnable move) {
        if (moving) {
            move.run();
            return;
        }
        moving = true;
        move.run();
        do {
            for (Runnable arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
                arrival.run();
            }
        } while (joins.letGo());
        moving = false;
    }

    private void begin(Place place, List<Step> starts) {
        place.tokens = starts.size();
        for (Step scope : version.beside(place.scope())) {
            scope.starts().forEach(start -> conduct.await(start, () -> catching.rise(place, scope, start)));
        }
        for (Step start : starts) {
            arrive(place, start, null);
        }
        if (starts.isEmpty()) {
            complete(place);
        }
    }

    void arrive(Place place, Step step, @Nullable Flow by) {
        int era = place.era;
        place.reached.add(step);
        conduct.reach(step, () -> {
            arrivals.add(() -> {
                place.reached.remove(step);
                if (!over && era == place.era) {
                    land(place, step, by);
                }
            });
            moving(() -> {});
        });
    }

    private void land(Place place, Step step, @Nullable Flow by) {
        guard(step);
        if (step.drawn.many() == null) {
            visit(new Stay(place, visitId(), step, null, null), by);
            return;
        }
        int times = step.drawn.many().times();
        Rounds rounds = new Rounds(place, "b" + ++visits, step, by, times > 0 ? times : conduct.times(step));
        if (rounds.total <= 0) {
            moveOn(place, step);
            return;
        }
        arm(place, step, rounds);
        int atOnceNow = step.drawn.many().sequential() ? 1 : rounds.total;
        for (int i = 0; i < atOnceNow && !over; i++) {
            round(rounds);
        }
    }

    private void guard(Step step) {
        long now = teller.now();
        atOnce = now == instant ? atOnce + 1 : 0;
        instant = now;
        if (atOnce > MOST_AT_ONCE) {
            throw new ScenarioException("journey '" + journeyId + "' goes round without end by the node '" + step.id()
                    + "'; let some node of the loop take time (stays), or its decision lead out of it");
        }
    }

    private String visitId() {
        return "v" + ++visits;
    }

    private void round(Rounds rounds) {
        if (rounds.begin()) {
            Stay stay = new Stay(rounds.place, visitId(), rounds.step(), rounds, null);
            rounds.stays.add(stay);
            visit(stay, rounds.by);
        }
    }

    private void visit(Stay stay, @Nullable Flow by) {
        Step step = stay.step();
        Place place = stay.place;
        place.open.add(stay);
        if (!seen.contains(step.id())) {
            seen.add(step.id());
        }
        var entered = teller.source().nodeEntered(time(), ref(), new VisitRef(step.id(), stay.visitId));
        String parent = stay.rounds != null ? stay.rounds.id : place.of == null ? null : place.of.visitId;
        entered = parent == null ? entered : entered.within(parent);
        if (by != null) {
            entered = entered.from(by.from(), by.id());
        } else if (step.drawn.on() != null) {
            entered = entered.from(step.drawn.on(), null);
        }
        teller.tell(entered);
        if (stay.rounds == null) {
            arm(place, step, stay);
        }
        go(stay);
    }

    private void go(Stay stay) {
        switch (stay.step().drawn.kind()) {
            case SUB_PROCESS, EVENT_SUB_PROCESS -> {
                if (stay.step().starts().isEmpty()) {
                    conduct.stay(stay);
                    return;
                }
                Place inner = new Place(this, stay);
                stay.inner = inner;
                begin(inner, stay.step().starts());
            }
            case CALL -> {
                if (!conduct.call(stay)) {
                    conduct.stay(stay);
                }
            }
            case RACE -> conduct.race(stay);
            case COMPENSATE -> undo(stay);
            default -> conduct.stay(stay);
        }
    }

    private void arm(Place place, Step step, Interruptible host) {
        for (Step boundary : step.boundaries()) {
            if (!boundary.drawn.waitsFor(Cause.COMPENSATION)) {
                conduct.await(boundary, () -> catching.strike(place, boundary, host));
            }
        }
    }

    boolean isOpen(Stay stay) {
        return !over && stay.isOpen();
    }

    /** The visit is over as it should; the token goes on. Nothing where it is over already. */
    void leave(Stay stay) {
        if (isOpen(stay)) {
            moving(() -> leaveOpen(stay));
        }
    }

    private void leaveOpen(Stay stay) {
        Step step = stay.step();
        boolean chooses = step.ways().size() > 1;
        if (step.drawn.kind() == Kind.DECISION && chooses) {
            Way taken = conduct.one(step);
            close(stay, taken.flow().outcome(), false);
            arrive(stay.place, taken.to(), taken.flow());
        } else if (step.drawn.kind() == Kind.INCLUSIVE && chooses && !step.joins()) {
            List<Way> taken = conduct.some(step);
            close(stay, taken.stream().map(way -> way.flow().outcome()).collect(Collectors.joining(", ")), false);
            take(stay.place, taken);
        } else {
            close(stay, null, false);
            goOn(stay);
        }
    }

    private void goOn(Stay stay) {
        if (stay.undoing != null) {
            if (--stay.undoing.pending == 0) {
                leave(stay.undoing);
            }
        } else if (stay.rounds == null) {
            moveOn(stay.place, stay.step());
        } else if (stay.rounds.end(stay)) {
            moveOn(stay.place, stay.step());
        } else {
            round(stay.rounds);
        }
    }

    /** The event of that way came first. */
    void won(Stay race, Way way) {
        if (isOpen(race)) {
            moving(() -> {
                close(race, way.flow().outcome(), false);
                arrive(race.place, way.to(), way.flow());
            });
        }
    }

    private void close(Stay stay, @Nullable String outcome, boolean cancelled) {
        stay.place.open.remove(stay);
        var left = teller.source()
                .nodeExited(time(), ref(), new VisitRef(stay.step().id(), stay.visitId))
                .withOutcome(outcome);
        teller.tell(cancelled ? left.asCancelled() : left);
        if (!cancelled && stay.step().undoneBy() != null) {
            stay.place.done.add(stay.step());
        }
    }

    private void moveOn(Place place, Step step) {
        if (step.drawn.kind() == Kind.END && step.exits != null) {
            exit(step.exits, step.id());
        } else if (step.drawn.kind() == Kind.TERMINATE) {
            terminate(place, step);
        } else if (step.drawn.kind() == Kind.END && step.drawn.waitsFor(Cause.ERROR)) {
            catching.error(place, step);
        } else if (step.joins()) {
            joins.come(place, step);
        } else {
            catching.escalation(place, step);
            take(place, step);
        }
    }

    /** The token takes all ways of the step; without one it ends. */
    void take(Place place, Step step) {
        if (over) {
            return;
        }
        if (step.ways().isEmpty()) {
            place.last = step;
            place.tokens--;
            if (place.tokens == 0) {
                complete(place);
            }
        } else {
            take(place, step.ways());
        }
    }

    void take(Place place, List<Way> ways) {
        int era = place.era;
        place.tokens += ways.size() - 1;
        for (Way way : ways) {
            if (!over && era == place.era) {
                arrive(place, way.to(), way.flow());
            }
        }
    }

    private void complete(Place place) {
        place.over = true;
        Stay scope = place.of;
        if (scope == null) {
            exit(ExitReason.COMPLETED, place.last == null ? null : place.last.id());
        } else {
            leave(scope);
        }
    }

    private void terminate(Place place, Step end) {
        cancelAll(place);
        place.last = end;
        place.tokens = 0;
        if (end.exits != null) {
            exit(end.exits, end.id());
        } else {
            complete(place);
        }
    }

    /** A business error of that code ends the visit. */
    void error(Stay stay, @Nullable String code) {
        if (isOpen(stay)) {
            moving(() -> catching.error(stay, code));
        }
    }

    private void undo(Stay thrower) {
        List<Step> done = new ArrayList<>(thrower.place.done);
        thrower.place.done.clear();
        thrower.pending = done.size();
        if (done.isEmpty()) {
            conduct.stay(thrower);
        }
        for (int i = done.size() - 1; i >= 0; i--) {
            Step handler = done.get(i).undoneBy();
            if (handler != null && !over) {
                visit(new Stay(thrower.place, visitId(), handler, null, thrower), null);
            }
        }
    }

    /** Closes the visit, and all inside it, as cancelled. */
    void cancel(Stay stay) {
        if (!stay.isOpen()) {
            return;
        }
        if (stay.inner != null) {
            cancelAll(stay.inner);
            stay.inner.over = true;
        }
        if (stay.step().drawn.kind() == Kind.CALL) {
            conduct.abandon(stay);
        }
        close(stay, null, true);
    }

    /** Calls off all that is under way there. */
    void cancelAll(Place place) {
        place.era++;
        place.joined.clear();
        place.reached.clear();
        joins.forget(place);
        for (Stay stay : List.copyOf(place.open)) {
            if (stay.rounds != null && stay.rounds.isOpen()) {
                stay.rounds.cancel();
            } else {
                cancel(stay);
            }
        }
    }

    /** @param leavesVisits whether open visits are left as cancelled first, or simply closed by the exit */
    void stop(ExitReason reason, boolean leavesVisits) {
        if (over) {
            return;
        }
        List<Stay> open = open();
        @Nullable
        String last = open.isEmpty() ? null : open.get(open.size() - 1).step().id();
        if (leavesVisits) {
            cancelAll(top);
        }
        exit(reason, leavesVisits ? last : null);
    }

    /** All open visits, inner ones after the one they are in. */
    List<Stay> open() {
        List<Stay> all = new ArrayList<>();
        collect(top, all);
        return all;
    }

    private static void collect(Place place, List<Stay> into) {
        for (Stay stay : place.open) {
            into.add(stay);
            if (stay.inner != null) {
                collect(stay.inner, into);
            }
        }
    }

    void exit(ExitReason reason, @Nullable String node) {
        if (over) {
            return;
        }
        over = true;
        for (Stay stay : open()) {
            if (stay.step().drawn.kind() == Kind.CALL) {
                conduct.abandon(stay);
            }
        }
        teller.tell(teller.source().journeyExited(time(), ref(), reason).at(node));
        conduct.exited(reason);
    }

    /**
     * Goes on in another version, if that has a node for each place a token is at.
     *
     * @param moves nodes that are called otherwise there, old to new
     */
    void migrate(Plan.Version next, Map<String, String> moves) {
        if (over) {
            return;
        }
        Map<Stay, Step> moved = new HashMap<>();
        for (Stay stay : open()) {
            Step step =
                    next.step(moves.getOrDefault(stay.step().id(), stay.step().id()));
            if (step == null) {
                return;
            }
            moved.put(stay, step);
        }
        if (!top.joined.keySet().stream().allMatch(id -> next.step(id) != null)) {
            return;
        }
        int from = version.settings.version();
        version = next;
        teller.tell(teller.source().journeyMigrated(time(), ref(), from));
        moved.forEach((stay, step) -> {
            stay.moveTo(step);
            if (stay.rounds != null) {
                stay.rounds.moveTo(step);
            }
        });
    }
}
