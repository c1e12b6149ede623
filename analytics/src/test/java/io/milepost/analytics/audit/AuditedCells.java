package io.milepost.analytics.audit;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.event.BatchReader;
import io.milepost.analytics.event.BodyException;
import io.milepost.analytics.event.EventLimits;
import io.milepost.analytics.journal.Block;
import io.milepost.analytics.journal.BlockArchive;
import io.milepost.analytics.measure.CellFigures;
import io.milepost.analytics.reference.AwkwardStreams;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** Cells and the blocks they come from, without a server. */
final class AuditedCells implements BlockArchive {

    private static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");

    final CellProjection projection = new CellProjection();
    final List<Block> blocks = new ArrayList<>();

    private final Set<String> known = new HashSet<>();
    private long events;

    /** The events of that seed, in any order. */
    static AuditedCells of(long seed) {
        AuditedCells cells = new AuditedCells();
        List<String> events = new ArrayList<>(AwkwardStreams.of(seed).events());
        Collections.shuffle(events, new Random(seed));
        for (int from = 0; from < events.size(); from += 40) {
            cells.take(events.subList(from, Math.min(from + 40, events.size())));
        }
        return cells;
    }

    void take(List<String> lines) {
        List<AcceptedEvent> fresh = read(lines).stream()
                .filter(event -> known.add(event.identityHigh + ":" + event.identityLow))
                .toList();
        if (!fresh.isEmpty()) {
            Block block = new Block(blocks.size() + 1L, events, Instant.EPOCH, fresh);
            events += fresh.size();
            blocks.add(block);
            projection.apply(block);
        }
    }

    private static List<AcceptedEvent> read(List<String> lines) {
        try {
            return new BatchReader(1, EventLimits.DEFAULT, NOW)
                    .readLines(String.join("\n", lines).getBytes(StandardCharsets.UTF_8))
                    .events();
        } catch (BodyException e) {
            throw new IllegalStateException(e);
        }
    }

    List<LawReport> laws() {
        Findings findings = new Findings();
        new JourneyLaws(projection, new CellFigures(projection)).check(NOW, findings);
        return findings.reports();
    }

    List<LawReport> sample(long seed, int users) {
        Findings findings = new Findings();
        JournalSample sample = new JournalSample(projection, this, new Random(seed), users);
        for (int round = 0; round <= blocks.size() / 4; round++) {
            sample.check(findings);
        }
        return findings.reports();
    }

    @Override
    public Optional<Block> block(long sequence) {
        return sequence <= blocks.size() ? Optional.of(blocks.get((int) sequence - 1)) : Optional.empty();
    }

    @Override
    public void all(Consumer<Block> visitor) {
        blocks.forEach(visitor);
    }
}
