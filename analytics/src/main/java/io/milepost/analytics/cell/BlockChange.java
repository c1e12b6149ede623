package io.milepost.analytics.cell;

import io.milepost.analytics.cell.Presence.Place;
import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.fold.EntryFacts;
import io.milepost.analytics.fold.EntryFold;
import io.milepost.analytics.fold.EntryHead;
import io.milepost.analytics.history.DefinedVersion;
import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.HistoryEvent;
import io.milepost.analytics.history.Journey;
import io.milepost.analytics.history.Staged;
import io.milepost.spi.JourneyEventType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One block on its way into histories and cells: what its events name is folded before and after, and the difference goes
 * into the cells. Holds the writer's lock; done once.
 */
final class BlockChange {

    /** A user whose goals in a journey are to be folded again. */
    private record Unit(int journey, int user) {}

    /** Hears of a user who may have left a cell: it depends on his other entries. */
    private interface Leave {
        void leave(Place place, int user);
    }

    /** Brings what a {@link Net} comes to into a journey's cells. */
    private record CellChange(JourneyCells cells, Leave leave) implements Net.Change {

        @Override
        public void put(int slot, int day, long value, int count, int joining, int leaving) {
            cells.put(slot, day, value, count, joining);
            if (leaving != Contribution.NOBODY && cells.series(slot).key().what() != What.TOUCHED) {
                leave.leave(new Place(slot, day), leaving);
            }
        }

        @Override
        public void pay(int slot, int day, BigDecimal amount, int count) {
            cells.pay(slot, day, amount, count);
        }

        @Override
        public void touch(int day) {
            cells.touch(day);
        }
    }

    private final Cells cells;
    private final Histories histories;
    private final Net net;
    private final long block;
    private final List<AcceptedEvent> events;
    private final List<HistoryEvent> resolved = new ArrayList<>();
    private final Map<Integer, @Nullable EntryState> before = new LinkedHashMap<>();
    private final Map<Integer, EntryFacts> after = new HashMap<>();
    private final Map<Unit, UserGoals> goalsBefore = new LinkedHashMap<>();
    private final Map<Unit, Set<Place>> leaving = new HashMap<>();
    private final List<Runnable> goalsLeft = new ArrayList<>();
    private final Set<Journey> redefined = new LinkedHashSet<>();

    /** @param net empty, and left so */
    BlockChange(Cells cells, Net net, long block, List<AcceptedEvent> events) {
        this.cells = cells;
        this.histories = cells.histories();
        this.net = net;
        this.block = block;
        this.events = events;
    }

    void apply() {
        resolve();
        rememberBefore();
        Staged users = append();
        after();
        rememberGoals(users);
        users.all().forEach(histories::appendToUser);
        after.values().forEach(facts -> cells.noteHead(facts.head()));
        regoal();
        contribute();
        cells.settle();
        leave();
        before.keySet().forEach(cells.changed()::add);
        redefined.forEach(cells::refold);
    }

    private void resolve() {
        for (AcceptedEvent event : events) {
            if (event.type == JourneyEventType.JOURNEY_DEFINED) {
                define(event);
            } else {
                resolved.add(histories.resolve(event, block));
            }
        }
    }

    private void define(AcceptedEvent event) {
        long version = event.version;
        Journey journey = histories.internJourney(Objects.requireNonNull(event.journeyId));
        DefinedVersion old = journey.version(version);
        var oldStages = journey.staged();
        if (histories.define(event, block) && hasEntries(journey)) {
            var staged = journey.staged();
            boolean sameStages = oldStages == null
                    ? staged == null
                    : staged != null && oldStages.stages().equals(staged.stages());
            boolean sameGoal =
                    !hasEntries(journey, version) || sameGoal(old, Objects.requireNonNull(journey.version(version)));
            if (!sameStages || !sameGoal) {
                redefined.add(journey);
            }
        }
    }

    private boolean hasEntries(Journey journey) {
        return !cells.of(journey).scopes().isEmpty();
    }

    private boolean hasEntries(Journey journey, long version) {
        return cells.of(journey).scopes().stream().anyMatch(scope -> scope.version() == version);
    }

    private static boolean sameGoal(@Nullable DefinedVersion old, DefinedVersion now) {
        if (old == null) {
            return now.conversionEvent() < 0;
        }
        return old.conversionEvent() == now.conversionEvent()
                && old.definition().conversionFilter().equals(now.definition().conversionFilter())
                && Objects.equals(
                        old.definition().attributionWindow(), now.definition().attributionWindow());
    }

    private void rememberBefore() {
        for (HistoryEvent event : resolved) {
            if (event.entry >= 0) {
                remember(event.entry);
            }
            if (event.message >= 0) {
                histories.entriesOfMessage(event.message, this::remember);
            }
        }
    }

    private void remember(int entry) {
        if (!before.containsKey(entry)) {
            before.put(entry, histories.userOf(entry) < 0 ? null : cells.state(EntryFold.fold(histories, entry)));
        }
    }

    private Staged append() {
        Staged entries = new Staged();
        Staged users = new Staged();
        int next = 0;
        for (AcceptedEvent event : events) {
            if (event.type != JourneyEventType.JOURNEY_DEFINED) {
                cells.stage(event, resolved.get(next++), entries, users);
            }
        }
        entries.all().forEach(histories::append);
        return users;
    }

    private void after() {
        before.keySet().forEach(entry -> after.put(entry, EntryFold.fold(histories, entry)));
    }

    private void rememberGoals(Staged users) {
        after.forEach((entry, facts) -> {
            EntryState old = before.get(entry);
            Journey journey = histories.journeyOf(entry);
            if (journey.converts() && (old == null || moved(old.facts().head(), facts.head()))) {
                rememberGoals(journey, facts.head().user());
                if (old != null) {
                    rememberGoals(journey, old.facts().head().user());
                }
            }
        });
        users.all().keySet().forEach(user -> cells.journeysOf(user).forEach(journey -> {
            if (histories.journey(journey).converts()) {
                rememberGoals(histories.journey(journey), user);
            }
        }));
    }

    private static boolean moved(EntryHead old, EntryHead now) {
        return old.user() != now.user()
                || old.version() != now.version()
                || old.variant() != now.variant()
                || old.test() != now.test()
                || old.startedAt() != now.startedAt()
                || old.exitedAt() != now.exitedAt();
    }

    private void rememberGoals(Journey journey, int user) {
        goalsBefore.computeIfAbsent(new Unit(journey.number(), user), unit -> cells.goals(journey, user));
    }

    /** Folds the goals again; entries whose conversion changed join those that contribute anew. */
    private void regoal() {
        Map<Unit, UserGoals> goalsAfter = new HashMap<>();
        Map<Integer, Long> converted = new HashMap<>();
        goalsBefore.forEach((unit, old) -> {
            goalsAfter.put(unit, cells.goals(histories.journey(unit.journey()), unit.user()));
            old.passes().forEach(pass -> converted.put(pass.entry(), Histories.NEVER));
        });
        // An entry that moved is a pass of its old user before and of its new one after: the latter decides.
        goalsAfter.values().forEach(now -> now.passes()
                .forEach(pass -> converted.put(pass.entry(), now.convertedAt(pass))));
        converted.forEach(this::converted);
        goalsBefore.forEach((unit, old) -> regoal(unit, old, Objects.requireNonNull(goalsAfter.get(unit))));
    }

    private void regoal(Unit unit, UserGoals old, UserGoals now) {
        if (old.isEmpty() && now.isEmpty()) {
            return;
        }
        if (old.events().size() != now.events().size()) {
            now.passes().forEach(pass -> cells.changed().add(pass.entry()));
        }
        JourneyCells journey = cells.of(histories.journey(unit.journey()));
        Presence presence = new Presence();
        now.members(journey, presence);
        old.members(journey, net.gone);
        now.members(journey, net.come);
        net.settle(
                new CellChange(journey, (place, user) -> goalsLeft.add(() -> presence.settle(journey, place, user))));
        old.count((signature, amount, currency) -> journey.event(signature, -1, amount, currency));
        now.count((signature, amount, currency) -> journey.event(signature, 1, amount, currency));
    }

    private void converted(int entry, long at) {
        if (histories.convertedAt(entry) == at) {
            return;
        }
        if (!before.containsKey(entry)) {
            EntryFacts facts = EntryFold.fold(histories, entry);
            before.put(entry, cells.state(facts));
            after.put(entry, facts);
        }
        histories.converted(entry, at);
    }

    private void contribute() {
        before.forEach((entry, old) -> {
            Journey journey = histories.journeyOf(entry);
            EntryState now = cells.state(Objects.requireNonNull(after.get(entry)));
            EntryContribution contribution = cells.contribution(journey);
            if (old == null) {
                contribution.all(now, cells.direct(entry));
                return;
            }
            contribution.difference(old, now, net.gone, net.come);
            net.settle(new CellChange(cells.of(journey), (place, user) -> leaving.computeIfAbsent(
                            new Unit(journey.number(), user), any -> new LinkedHashSet<>())
                    .add(place)));
        });
    }

    /** Once all who join have joined. */
    private void leave() {
        goalsLeft.forEach(Runnable::run);
        leaving.forEach((unit, places) -> {
            Journey journey = histories.journey(unit.journey());
            Presence presence = presence(journey, unit.user());
            places.forEach(place -> presence.settle(cells.of(journey), place, unit.user()));
        });
    }

    private Presence presence(Journey journey, int user) {
        Presence presence = new Presence();
        histories.entriesOf(user, entry -> {
            if (histories.journeyOf(entry) == journey) {
                EntryFacts known = after.get(entry);
                EntryFacts facts = known == null ? EntryFold.fold(histories, entry) : known;
                cells.contribution(journey).all(cells.state(facts), presence);
            }
        });
        return presence;
    }
}
