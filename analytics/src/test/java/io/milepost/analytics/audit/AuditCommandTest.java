package io.milepost.analytics.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.cell.Cell;
import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.cell.CellSnapshot;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.Corruption;
import io.milepost.analytics.cell.Series;
import io.milepost.analytics.cell.What;
import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.history.PackedReader;
import io.milepost.analytics.history.PackedWriter;
import io.milepost.analytics.journal.Block;
import io.milepost.analytics.journal.Checkpoint;
import io.milepost.analytics.journal.Identities;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class AuditCommandTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2100-01-01T00:00:00Z"), ZoneOffset.UTC);

    @Test
    void agreesWhateverTheEventsAndTheirOrder() {
        for (long seed = 1; seed <= 8; seed++) {
            ByteArrayOutputStream told = new ByteArrayOutputStream();
            AuditCommand command = new AuditCommand(
                    AuditedCells.of(seed),
                    new KeptAside(0, () -> {}),
                    new CellProjection(),
                    CLOCK,
                    new PrintStream(told, true, StandardCharsets.UTF_8));

            assertThat(command.run(seed))
                    .as("seed %s: %s", seed, told.toString(StandardCharsets.UTF_8))
                    .isTrue();
            assertThat(told.toString(StandardCharsets.UTF_8))
                    .contains("all readable", "all the same", "they hold")
                    .containsPattern("Figures: [1-9][0-9]{3,} cells");
        }
    }

    /** What a start would show: the checkpoint's cells, of which one has a user more than the journal says. */
    @Test
    void tellsACheckpointThatIsNotWhatTheJournalSays() {
        AuditedCells audited = AuditedCells.of(3);
        audited.projection.read(cells -> {
            Series entries = cells.of(cells.histories().journeys().get(0)).series().stream()
                    .filter(series -> series.key().what() == What.ENTRY)
                    .findFirst()
                    .orElseThrow();
            Corruption.count(Corruption.days(entries).get(0), 1);
            return cells;
        });
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        CellProjection started = new CellProjection();
        AuditCommand command = new AuditCommand(
                audited,
                new KeptAside(audited.blocks.size(), () -> restore(audited.projection, started)),
                started,
                CLOCK,
                new PrintStream(told, true, StandardCharsets.UTF_8));

        assertThat(command.run(1)).isFalse();
        assertThat(told.toString(StandardCharsets.UTF_8))
                .contains("Checkpoint: holds the first " + audited.blocks.size() + " blocks.", "cell=entry");
    }

    private static void restore(CellProjection kept, CellProjection into) {
        try {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            PackedWriter writer = new PackedWriter(file);
            CellSnapshot snapshot = kept.snapshot();
            snapshot.write(writer);
            assertThat(kept.writeCells(snapshot.sequence(), writer)).isTrue();
            writer.end();
            into.restore(new PackedReader(new ByteArrayInputStream(file.toByteArray())), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record KeptAside(long sequence, Runnable restoring) implements Checkpoint {
        @Override
        public boolean restore(Consumer<byte[]> identities) {
            restoring.run();
            return true;
        }

        @Override
        public void finish(Identities identities) {}

        @Override
        public void spoil(Runnable change) {
            change.run();
        }
    }

    /** Every question: one more in a cell of a day, one user less, another sum of money, is told by name. */
    @Test
    void anyOtherCellIsTold() {
        AuditedCells audited = AuditedCells.of(3);
        Cells shadow = new Cells();
        audited.blocks.forEach(block -> shadow.apply(block.sequence(), block.events()));
        audited.projection.read(cells -> {
            assertThat(differences(cells, shadow)).isEmpty();
            cells.histories().journeys().forEach(journey -> cells.of(journey).series().stream()
                    .filter(series -> series.key().what() != What.TOUCHED)
                    .forEach(series -> anyOtherCellIsTold(series, cells, shadow)));
            return cells;
        });
    }

    private static void anyOtherCellIsTold(Series series, Cells cells, Cells shadow) {
        if (Corruption.days(series).isEmpty() || series.key().hashCode() % 50 != 0) {
            return;
        }
        Cell day = Corruption.days(series).get(0);
        Corruption.count(day, 1);
        assertThat(differences(cells, shadow)).singleElement().asString().contains("day=");
        Corruption.count(day, -1);
    }

    @Test
    void anEventThatOneSideLacksIsTold() {
        AuditedCells audited = AuditedCells.of(4);
        Cells shadow = new Cells();
        for (Block block : audited.blocks) {
            List<AcceptedEvent> events = new ArrayList<>(block.events());
            if (block.sequence() == 3) {
                events.remove(0);
            }
            shadow.apply(block.sequence(), events);
        }
        List<String> found = audited.projection.read(cells -> differences(cells, shadow));
        assertThat(found).isNotEmpty();
    }

    private static List<String> differences(Cells cells, Cells shadow) {
        List<String> differences = new ArrayList<>();
        new Shadow(cells, shadow, (where, here, there) -> differences.add(where + ": " + here + ", " + there))
                .compare();
        return differences;
    }
}
