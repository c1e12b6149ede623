package io.milepost.analytics.audit;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.journal.Block;
import io.milepost.analytics.journal.BlockArchive;
import io.milepost.analytics.journal.Checkpoint;
import io.milepost.analytics.measure.CellFigures;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Computes all figures twice, each time on another way, and compares every cell: once as a start does, from the checkpoint
 * where there is one and the blocks after it; once from the journal alone, block by block as events come in, but blocks and
 * their events in an order chosen by chance. For a stopped service. Needs twice its memory; one thread.
 */
public final class AuditCommand {

    /** Differences told at most. */
    private static final int TOLD = 20;

    private final BlockArchive archive;
    private final Checkpoint checkpoint;
    private final CellProjection started;
    private final Clock clock;
    private final PrintStream out;

    /** @param started empty, and what the checkpoint brings to its block */
    public AuditCommand(
            BlockArchive archive, Checkpoint checkpoint, CellProjection started, Clock clock, PrintStream out) {
        this.archive = archive;
        this.checkpoint = checkpoint;
        this.started = started;
        this.clock = clock;
        this.out = out;
    }

    /**
     * Tells what it found, down to the first differences.
     *
     * @param seed of the other order
     * @return whether all figures agree, and every law holds
     * @throws io.milepost.analytics.journal.JournalException at a block that is missing or damaged
     */
    public boolean run(long seed) {
        long held = restored();
        List<Long> blocks = new ArrayList<>();
        long[] events = {0};
        archive.all(block -> {
            blocks.add(block.sequence());
            events[0] += block.events().size();
            if (block.sequence() > held) {
                started.replay(block);
            }
        });
        started.finishReplay();
        out.println("Journal: " + events[0] + " events in " + blocks.size() + " blocks, all readable.");
        out.println(held == 0 ? "Checkpoint: none." : "Checkpoint: holds the first " + held + " blocks.");
        Cells shadow = shuffled(blocks, new Random(seed));
        long differences = started.read(cells -> compare(cells, shadow, seed));
        return holds(started) && differences == 0;
    }

    /** Sequence of the last block that the checkpoint had; 0 = there is none, or it can't be read. */
    private long restored() {
        long held = checkpoint.sequence();
        return held > 0 && checkpoint.restore(identities -> {}) ? held : 0;
    }

    private Cells shuffled(List<Long> blocks, Random random) {
        Collections.shuffle(blocks, random);
        Cells shadow = new Cells();
        for (long sequence : blocks) {
            List<AcceptedEvent> events =
                    new ArrayList<>(archive.block(sequence).map(Block::events).orElse(List.of()));
            Collections.shuffle(events, random);
            shadow.apply(sequence, events);
        }
        return shadow;
    }

    private long compare(Cells cells, Cells shadow, long seed) {
        long[] differences = {0};
        long compared = new Shadow(cells, shadow, (where, here, there) -> {
                    if (differences[0]++ < TOLD) {
                        out.println(where + ": as by a start " + here + ", in another order " + there);
                    }
                })
                .compare();
        out.println("Figures: " + compared + " cells computed on two ways (seed " + seed + "), "
                + (differences[0] == 0 ? "all the same." : differences[0] + " of them not the same."));
        return differences[0];
    }

    private boolean holds(CellProjection projection) {
        Findings findings = new Findings();
        new JourneyLaws(projection, new CellFigures(projection)).check(clock.instant(), findings);
        long checked = 0;
        long violated = 0;
        for (LawReport law : findings.reports()) {
            checked += law.checked();
            violated += law.violationCount();
            law.violations()
                    .forEach(violation -> out.println(law.id() + ": " + violation.scope() + ": expected "
                            + violation.expected() + ", is " + violation.actual()));
        }
        out.println("Laws: looked at " + checked + " times, "
                + (violated == 0 ? "they hold." : violated + " times they do not hold."));
        return violated == 0;
    }
}
