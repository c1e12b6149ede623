package io.milepost.analytics.audit;

import io.milepost.analytics.audit.KeptEvents.Standing;
import io.milepost.analytics.audit.Reach.Place;
import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.Series;
import io.milepost.analytics.cell.UserSet;
import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.Journey;
import io.milepost.analytics.journal.Block;
import io.milepost.analytics.journal.BlockArchive;
import io.milepost.analytics.journal.JournalException;
import io.milepost.analytics.row.FactRows;
import io.milepost.analytics.store.EntryRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Computes some users anew from the journal and holds what is kept of them to it.
 *
 * <p>Which: each time the blocks after those of the time before, round and round through the journal from a block chosen
 * by chance, so that none is left out for ever; of their events some chosen by chance, and of these the users. Their
 * events are found again in the histories, read from the journal and taken in by cells of their own. Whoever gets new
 * events meanwhile is not judged. One thread.
 */
final class JournalSample {

    private static final int BLOCKS = 4;
    private static final int EVENTS_OF_A_BLOCK = 100;
    /** Blocks read for all users together, and for one alone at most. */
    private static final int READ_BLOCKS = 64;

    private static final int READ_BLOCKS_OF_ONE = 512;

    private final CellProjection projection;
    private final BlockArchive archive;
    private final RandomGenerator random;
    private final int most;
    private long lastBlock = -1;

    /** @param most users at a time */
    JournalSample(CellProjection projection, BlockArchive archive, RandomGenerator random, int most) {
        this.projection = projection;
        this.archive = archive;
        this.random = random;
        this.most = most;
    }

    private record Sampled(int number, String id, Set<Place> places) {}

    /** An event that was looked at, and the user it leads to; -1 = none. */
    private record Looked(Standing standing, int user) {}

    /** Where a user is: a day of a cell told in words. */
    private record Spot(String cell, int day) {}

    private record Difference(int user, Law law, String scope, String expected, String actual) {}

    /** How many users were computed anew. */
    int check(Findings findings) {
        long end = projection.read(Cells::sequence);
        if (end == 0) {
            return 0;
        }
        Set<Integer> users = new HashSet<>();
        for (int i = 0; i < Math.min(BLOCKS, end); i++) {
            lastBlock = lastBlock < 0 ? random.nextLong(end) : lastBlock;
            lastBlock = lastBlock % end + 1;
            look(lastBlock, findings, users);
        }
        return recompute(chosen(users), findings);
    }

    private void look(long sequence, Findings findings, Set<Integer> users) {
        List<AcceptedEvent> events = read(sequence, findings);
        for (int i = 0; i < Math.min(EVENTS_OF_A_BLOCK, events.size()); i++) {
            AcceptedEvent event = events.get(random.nextInt(events.size()));
            Looked looked = look(event);
            if (looked.standing() == Standing.MISSING) {
                // An erasure may have given him another name since the block was read.
                looked = again(sequence, event, findings);
            }
            if (looked.standing() != Standing.UNTOLD) {
                findings.check(
                        Law.SAMPLED_EVENTS_KEPT,
                        "block=" + sequence + " source=" + event.source + " id=" + event.id,
                        looked.standing() == Standing.KEPT,
                        "kept",
                        "missing");
            }
            if (looked.user() >= 0) {
                users.add(looked.user());
            }
        }
    }

    private List<AcceptedEvent> read(long sequence, Findings findings) {
        try {
            Optional<Block> block = archive.block(sequence);
            if (block.isPresent()) {
                return block.get().events();
            }
            findings.check(Law.SAMPLED_EVENTS_KEPT, "block=" + sequence, false, "a block", "missing");
        } catch (JournalException e) {
            findings.check(
                    Law.SAMPLED_EVENTS_KEPT,
                    "block=" + sequence,
                    false,
                    "a block that can be read",
                    Objects.requireNonNullElse(e.getMessage(), "unreadable"));
        }
        return List.of();
    }

    private Looked again(long sequence, AcceptedEvent event, Findings findings) {
        return read(sequence, findings).stream()
                .filter(other -> other.source.equals(event.source) && other.id.equals(event.id))
                .findFirst()
                .map(this::look)
                .orElse(new Looked(Standing.MISSING, -1));
    }

    private Looked look(AcceptedEvent event) {
        return projection.read(cells -> {
            Histories histories = cells.histories();
            int user = event.userId == null ? -1 : histories.findUser(event.userId);
            int[] found = {user};
            int message = event.messageId == null ? -1 : histories.findMessage(event.messageId);
            if (user < 0 && message >= 0) {
                histories.entriesOfMessage(message, entry -> found[0] = histories.userOf(entry));
            }
            return new Looked(new KeptEvents(cells).of(event), found[0]);
        });
    }

    private List<Sampled> chosen(Set<Integer> users) {
        List<Integer> shuffled = new ArrayList<>(new TreeSet<>(users));
        for (int i = shuffled.size() - 1; i > 0; i--) {
            shuffled.set(i, shuffled.set(random.nextInt(i + 1), shuffled.get(i)));
        }
        List<Sampled> chosen = new ArrayList<>();
        Set<Long> blocks = new HashSet<>();
        for (int user : shuffled) {
            Sampled sampled = projection.read(cells -> sampled(cells.histories(), user));
            Set<Long> more = Reach.blocks(sampled.places());
            more.removeAll(blocks);
            boolean fits =
                    blocks.isEmpty() ? more.size() <= READ_BLOCKS_OF_ONE : blocks.size() + more.size() <= READ_BLOCKS;
            if (fits && chosen.size() < most) {
                blocks.addAll(more);
                chosen.add(sampled);
            }
        }
        return chosen;
    }

    private static Sampled sampled(Histories histories, int user) {
        return new Sampled(user, histories.userId(user), Reach.of(histories, user));
    }

    private int recompute(List<Sampled> users, Findings findings) {
        Cells anew = anew(users, findings);
        List<Difference> differences = new ArrayList<>();
        Map<Integer, Long> checkedFacts = new HashMap<>();
        Map<Integer, Long> checkedCells = new HashMap<>();
        for (Sampled user : users) {
            int number = anew.histories().findUser(user.id());
            Map<String, EntryRows> facts = number < 0 ? Map.of() : facts(anew, number);
            Map<String, EntryRows> kept = projection.read(cells -> facts(cells, user.number()));
            checkedFacts.put(user.number(), (long) kept.size());
            compareFacts(user, facts, kept, differences);
            Set<Spot> spots = number < 0 ? Set.of() : spots(anew, number);
            Set<Spot> there = projection.read(cells -> spots(cells, user.number()));
            checkedCells.put(user.number(), (long) there.size());
            compareSpots(user, spots, there, differences);
        }
        Set<Integer> same = projection.read(cells -> unchanged(cells.histories(), users));
        same.forEach(user -> findings.checked(Law.SAMPLED_FACTS, checkedFacts.getOrDefault(user, 0L)));
        same.forEach(user -> findings.checked(Law.SAMPLED_CELLS, checkedCells.getOrDefault(user, 0L)));
        differences.stream()
                .filter(difference -> same.contains(difference.user()))
                .forEach(difference -> findings.violated(
                        difference.law(), difference.scope(), difference.expected(), difference.actual()));
        return same.size();
    }

    private Cells anew(List<Sampled> users, Findings findings) {
        Set<Place> wanted = new HashSet<>();
        users.forEach(user -> wanted.addAll(user.places()));
        Cells anew = new Cells();
        for (long sequence : Reach.blocks(wanted)) {
            List<AcceptedEvent> events = read(sequence, findings).stream()
                    .filter(event -> wanted.contains(new Place(sequence, event.source, event.id)))
                    .toList();
            anew.apply(sequence, events);
        }
        return anew;
    }

    private static Map<String, EntryRows> facts(Cells cells, int user) {
        Histories histories = cells.histories();
        FactRows rows = new FactRows(cells);
        Map<String, EntryRows> facts = new TreeMap<>();
        histories.entriesOf(
                user,
                entry -> facts.put(
                        CellNames.journey(histories.journeyOf(entry)) + " entry=" + histories.entryId(entry),
                        rows.of(entry)));
        return facts;
    }

    private static void compareFacts(
            Sampled user, Map<String, EntryRows> anew, Map<String, EntryRows> kept, List<Difference> differences) {
        Set<String> entries = new TreeSet<>(anew.keySet());
        entries.addAll(kept.keySet());
        for (String entry : entries) {
            EntryRows one = anew.get(entry);
            EntryRows other = kept.get(entry);
            if (!Objects.equals(one, other)) {
                differences.add(new Difference(
                        user.number(),
                        Law.SAMPLED_FACTS,
                        "user=" + user.id() + " " + entry,
                        told(one, other),
                        told(other, one)));
            }
        }
    }

    /** The first part of a row that is not the other's. */
    private static String told(@Nullable EntryRows rows, @Nullable EntryRows other) {
        if (rows == null || other == null) {
            return rows == null ? "no such entry" : rows.entry().toString();
        }
        if (!rows.entry().equals(other.entry())) {
            return rows.entry().toString();
        }
        if (!rows.visits().equals(other.visits())) {
            return rows.visits().toString();
        }
        return rows.messages().equals(other.messages())
                ? rows.conversions().toString()
                : rows.messages().toString();
    }

    /** Everywhere the user is. */
    private static Set<Spot> spots(Cells cells, int user) {
        Set<Spot> spots = new HashSet<>();
        for (Journey journey : cells.histories().journeys()) {
            CellNames names = new CellNames(cells, journey);
            for (Series series : cells.of(journey).series()) {
                UserSet all = series.all().users();
                if (all != null
                        && all.contains(user)
                        && CellNames.isExact(series.key().what())) {
                    String name = names.of(series.key());
                    series.eachDay(Integer.MIN_VALUE, Integer.MAX_VALUE, (day, cell) -> {
                        UserSet users = cell.users();
                        if (users != null && users.contains(user)) {
                            spots.add(new Spot(name, day));
                        }
                    });
                }
            }
        }
        return spots;
    }

    private static void compareSpots(Sampled user, Set<Spot> anew, Set<Spot> kept, List<Difference> differences) {
        for (Spot spot : anew) {
            if (!kept.contains(spot)) {
                differences.add(difference(user, spot, "in it", "not in it"));
            }
        }
        for (Spot spot : kept) {
            if (!anew.contains(spot)) {
                differences.add(difference(user, spot, "not in it", "in it"));
            }
        }
    }

    private static Difference difference(Sampled user, Spot spot, String expected, String actual) {
        return new Difference(
                user.number(),
                Law.SAMPLED_CELLS,
                spot.cell() + CellNames.day(spot.day()) + " user=" + user.id(),
                expected,
                actual);
    }

    /** Those of whom no event came, and who were not erased, since they were chosen. */
    private static Set<Integer> unchanged(Histories histories, List<Sampled> users) {
        Set<Integer> unchanged = new HashSet<>();
        for (Sampled user : users) {
            if (sampled(histories, user.number()).equals(user)) {
                unchanged.add(user.number());
            }
        }
        return unchanged;
    }
}
