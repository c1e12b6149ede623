package io.milepost.analytics.cell;

import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.fold.EntryFacts;
import io.milepost.analytics.fold.EntryFold;
import io.milepost.analytics.fold.EntryHead;
import io.milepost.analytics.fold.Goals;
import io.milepost.analytics.history.DefinedVersion;
import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.HistoryEvent;
import io.milepost.analytics.history.Journey;
import io.milepost.analytics.history.PackedReader;
import io.milepost.analytics.history.PackedWriter;
import io.milepost.analytics.history.Staged;
import io.milepost.spi.JourneyEventType;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One account's histories and cells, changed together: the cells are at all times what the histories fold to. One
 * writer; readers hold the writer's lock.
 *
 * <p>A block of events changes the entries it names and the users whose own events it brings ({@link BlockChange}). For each
 * of them what the facts contributed before is taken from the cells, and what they contribute now is put in. Which of a
 * user's entries are converted depends on all his entries in the journey and on his own events; that is folded again by user.
 */
public final class Cells {

    /** Events of many blocks go to their segments at once: a segment is packed anew for each time it grows. */
    private static final int COLLECTED_AT_ONCE = 250_000;

    private static final int HEADS_AT_ONCE = 100_000;

    private final Histories histories;
    private final List<JourneyCells> journeys = new ArrayList<>();
    private final List<@Nullable EntryContribution> contributions = new ArrayList<>();
    private final Net net = new Net();
    private final ChangedEntries changed = new ChangedEntries();
    private final CutDays cutDays = new CutDays();
    private long sequence;
    private Staged collectedEntries = new Staged();
    private Staged collectedUsers = new Staged();
    private int collected;

    public Cells() {
        this(new Histories(), 0);
    }

    /** @param sequence newest block in the histories; cells are undefined until {@link #refold} */
    Cells(Histories histories, long sequence) {
        this.histories = histories;
        this.sequence = sequence;
        makeRoom();
    }

    public Histories histories() {
        return histories;
    }

    /** What the cells can be folded from again, as of now. */
    CellSnapshot snapshot() {
        return CellSnapshot.of(this);
    }

    /** Sequence of the newest block that was taken in; 0 = none. */
    public long sequence() {
        return sequence;
    }

    /** Entries whose facts may have changed by {@link #apply} or {@link #changedUser}, but not by {@link #collect}. */
    public ChangedEntries changed() {
        return changed;
    }

    /** Notes that what is known of the user himself changed, such as his id. */
    public void changedUser(int user) {
        histories.entriesOf(user, changed::add);
    }

    public JourneyCells of(Journey journey) {
        while (journeys.size() <= journey.number()) {
            journeys.add(new JourneyCells(histories.journey(journeys.size())));
            contributions.add(null);
        }
        return journeys.get(journey.number());
    }

    /** Of the cells themselves and what was noted of entries; {@link CellSnapshot} has the rest. */
    int parts() {
        return 1 + journeys.size();
    }

    void write(int part, PackedWriter to) throws IOException {
        if (part == 0) {
            histories.writeHeads(to);
        } else {
            journeys.get(part - 1).write(to);
        }
    }

    /** Takes over all parts instead of a {@link #refold}. */
    void read(PackedReader from) throws IOException {
        histories.readHeads(from);
        for (JourneyCells cells : journeys) {
            cells.read(from);
            contribution(cells.journey());
        }
    }

    /** Takes in accepted events; each only once, in any order. */
    public void apply(long block, List<AcceptedEvent> events) {
        new BlockChange(this, net, block, events).apply();
        sequence = block;
        makeRoom();
    }

    /** Takes events into the histories only: cells are undefined until {@link #refold}. */
    public void collect(long block, List<AcceptedEvent> events) {
        for (AcceptedEvent event : events) {
            if (event.type == JourneyEventType.JOURNEY_DEFINED) {
                histories.define(event, block);
            } else {
                stage(event, histories.resolve(event, block), collectedEntries, collectedUsers);
            }
        }
        sequence = block;
        collected += events.size();
        if (collected >= COLLECTED_AT_ONCE) {
            appendCollected();
        }
    }

    private void appendCollected() {
        collectedEntries.all().forEach(histories::append);
        collectedUsers.all().forEach(histories::appendToUser);
        collectedEntries = new Staged();
        collectedUsers = new Staged();
        collected = 0;
        makeRoom();
    }

    /** Every journey has its place before anyone reads: readers do not write. */
    private void makeRoom() {
        if (journeys.size() < histories.journeys().size()) {
            of(histories.journey(histories.journeys().size() - 1));
        }
    }

    /** Computes all cells anew from the histories, journeys side by side. */
    public void refold() {
        appendCollected();
        noteHeads();
        histories.journeys().forEach(this::forget);
        Map<Journey, BitSet> entries = new HashMap<>();
        for (int entry = 0; entry < histories.entryCount(); entry++) {
            entries.computeIfAbsent(histories.journeyOf(entry), any -> new BitSet())
                    .set(entry);
        }
        // Vocabularies grow here and not below, where journeys no longer wait for each other.
        histories.journeys().forEach(this::contribution);
        entries.entrySet().parallelStream().forEach(each -> add(each.getKey(), each.getValue()));
    }

    /** Folds are pure and run side by side, what they find is noted one by one. */
    private void noteHeads() {
        for (int from = 0; from < histories.entryCount(); from += HEADS_AT_ONCE) {
            int to = Math.min(from + HEADS_AT_ONCE, histories.entryCount());
            IntStream.range(from, to)
                    .parallel()
                    .mapToObj(entry -> EntryFold.fold(histories, entry).head())
                    .toList()
                    .forEach(this::noteHead);
        }
    }

    /** Computes one journey's cells anew: its definition changed what counts. */
    void refold(Journey journey) {
        forget(journey);
        BitSet entries = new BitSet();
        for (int entry = 0; entry < histories.entryCount(); entry++) {
            entries.set(entry, histories.journeyOf(entry) == journey);
        }
        add(journey, entries);
        entries.stream().forEach(changed::add);
    }

    private void add(Journey journey, BitSet entries) {
        BitSet users = new BitSet();
        entries.stream().forEach(entry -> {
            histories.converted(entry, Histories.NEVER);
            users.set(histories.userOf(entry));
        });
        users.stream().filter(histories::hasOwnEvents).forEach(user -> addGoals(journey, user));
        entries.stream().forEach(this::addEntry);
        of(journey).settle();
    }

    /** Brings all that was put into the cells. */
    void settle() {
        journeys.forEach(JourneyCells::settle);
    }

    private void forget(Journey journey) {
        of(journey).clear();
        contributions.set(journey.number(), null);
    }

    private void addEntry(int entry) {
        contribution(histories.journeyOf(entry)).all(state(EntryFold.fold(histories, entry)), direct(entry));
    }

    void stage(AcceptedEvent event, HistoryEvent resolved, Staged entries, Staged users) {
        switch (event.type) {
            case ENTRY_REJECTED -> reject(event, resolved, users);
            case IMPORT_FINISHED -> histories.finishImport(event, resolved);
            case JOURNEY_DEFINED -> {}
            case USER_ACTED, USER_PROFILED -> users.add(resolved.user, resolved);
            default -> histories.route(resolved, entries);
        }
    }

    private void reject(AcceptedEvent event, HistoryEvent resolved, Staged users) {
        Journey journey = histories.internJourney(Objects.requireNonNull(event.journeyId));
        of(journey).reject(event.version, resolved.reason, event.time, resolved.user);
        if (resolved.user >= 0) {
            users.add(resolved.user, resolved);
        }
    }

    Set<Integer> journeysOf(int user) {
        Set<Integer> numbers = new LinkedHashSet<>();
        histories.entriesOf(
                user, entry -> numbers.add(histories.journeyOf(entry).number()));
        return numbers;
    }

    CutDays cutDays() {
        return cutDays;
    }

    /** Goals of a user in a journey as the histories stand. */
    UserGoals goals(Journey journey, int user) {
        List<UserGoals.Pass> passes = new ArrayList<>();
        boolean may = journey.converts() && histories.hasOwnEvents(user);
        Goals goals = new Goals(journey, may ? histories.ofUser(user) : List.of());
        if (!goals.isEmpty()) {
            histories.entriesOf(user, entry -> {
                if (histories.journeyOf(entry) == journey) {
                    passes.add(UserGoals.pass(histories, of(journey), entry));
                }
            });
        }
        return new UserGoals(user, passes, goals);
    }

    private void addGoals(Journey journey, int user) {
        JourneyCells cells = of(journey);
        UserGoals goals = goals(journey, user);
        goals.passes().forEach(pass -> histories.converted(pass.entry(), goals.convertedAt(pass)));
        goals.members(cells, direct(cells));
        goals.count((signature, amount, currency) -> cells.event(signature, 1, amount, currency));
    }

    void noteHead(EntryHead head) {
        int scope = of(histories.journeyOf(head.entry()))
                .scope(new EntryScope(head.version(), head.variant(), head.test()));
        histories.head(head.entry(), head.user(), scope, head.startedAt(), head.exitedAt());
    }

    /** The entry's state as last noted, with facts folded before or now. */
    EntryState state(EntryFacts facts) {
        EntryHead head = facts.head();
        int entry = head.entry();
        return new EntryState(facts, course(entry, head.version(), head.user(), head.startedAt(), head.exitedAt()));
    }

    /** As {@link #state}, without a look at the events. */
    EntryCourse course(int entry) {
        long version = of(histories.journeyOf(entry))
                .scopes()
                .get(histories.scopeOf(entry))
                .version();
        return course(entry, version, histories.userOf(entry), histories.startedAt(entry), histories.exitedAt(entry));
    }

    private EntryCourse course(int entry, long version, int user, long startedAt, long exitedAt) {
        DefinedVersion defined = histories.journeyOf(entry).version(version);
        return new EntryCourse(
                user,
                histories.scopeOf(entry),
                startedAt,
                exitedAt,
                histories.convertedAt(entry),
                defined == null ? Histories.NEVER : defined.deadline(exitedAt),
                defined != null && defined.conversionEvent() >= 0);
    }

    EntryContribution contribution(Journey journey) {
        JourneyCells cells = of(journey);
        EntryContribution known = contributions.get(journey.number());
        if (known != null) {
            return known;
        }
        var staged = journey.staged();
        StageProgress stages = new StageProgress(staged == null ? List.of() : staged.stages(), journey.nodes());
        EntryContribution fresh = new EntryContribution(cells, stages, histories.words());
        contributions.set(journey.number(), fresh);
        return fresh;
    }

    Contribution direct(int entry) {
        return direct(of(histories.journeyOf(entry)));
    }

    private static Contribution direct(JourneyCells cells) {
        return new Contribution() {
            @Override
            public void put(int slot, long at, long value, int count, int user) {
                cells.put(slot, Days.of(at), value, count, user);
            }

            @Override
            public void pay(int slot, long at, BigDecimal amount) {
                cells.pay(slot, Days.of(at), amount, 1);
            }
        };
    }
}
