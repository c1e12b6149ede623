package io.milepost.analytics.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.journal.Block;
import io.milepost.analytics.reference.AwkwardStreams;
import io.milepost.analytics.store.EntryRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

/** An entry that is not among the changed ones has the rows it had. */
class ChangedEntriesTest {

    private static final int SEEDS = 8;

    @Test
    void noRowChangesWithoutItsEntryBeingNoted() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            CellProjection projection = new CellProjection();
            List<EntryRows> before = List.of();
            for (Block block : blocks(seed)) {
                projection.apply(block);
                RoaringBitmap changed = projection.changed().take();
                List<EntryRows> after = KnownRows.inOrder(projection);
                assertUnchangedExcept(changed, before, after, "seed " + seed + ", block " + block.sequence());
                before = after;
            }
        }
    }

    @Test
    void aReplayFindsWhatLaterBlocksChanged() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            List<Block> blocks = blocks(seed);
            int cut = new Random(seed).nextInt(blocks.size());
            CellProjection early = new CellProjection();
            blocks.subList(0, cut).forEach(early::apply);
            CellProjection late = new CellProjection();
            blocks.forEach(late::replay);
            late.finishReplay();

            new ChangedSince(cut).mark(late);

            assertUnchangedExcept(
                    late.changed().take(),
                    KnownRows.inOrder(early),
                    KnownRows.inOrder(late),
                    "seed " + seed + ", cut " + cut);
        }
    }

    @Test
    void nothingChangesAfterTheLastBlock() {
        List<Block> blocks = blocks(1);
        CellProjection projection = new CellProjection();
        blocks.forEach(projection::replay);
        projection.finishReplay();

        new ChangedSince(blocks.size()).mark(projection);

        assertThat(projection.changed().count()).isZero();
    }

    private static void assertUnchangedExcept(
            RoaringBitmap changed, List<EntryRows> before, List<EntryRows> after, String where) {
        for (int entry = 0; entry < after.size(); entry++) {
            if (!changed.contains(entry)) {
                assertThat(entry).as(where).isLessThan(before.size());
                assertThat(after.get(entry)).as(where).isEqualTo(before.get(entry));
            }
        }
    }

    /** An awkward stream, shuffled and cut into blocks of 1 to 40 events, each event once. */
    private static List<Block> blocks(long seed) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(AwkwardStreams.of(seed).events());
        Collections.shuffle(lines, random);
        List<Block> blocks = new ArrayList<>();
        Set<String> known = new HashSet<>();
        long events = 0;
        int next = 0;
        while (next < lines.size()) {
            int end = Math.min(lines.size(), next + 1 + random.nextInt(40));
            List<AcceptedEvent> fresh = Events.read(lines.subList(next, end)).stream()
                    .filter(event -> known.add(event.identityHigh + ":" + event.identityLow))
                    .toList();
            if (!fresh.isEmpty()) {
                blocks.add(new Block(blocks.size() + 1L, events, Instant.EPOCH, fresh));
                events += fresh.size();
            }
            next = end;
        }
        return blocks;
    }
}
