package io.milepost.analytics.cell;

import io.milepost.analytics.cell.JourneyCells.Rejected;
import io.milepost.analytics.history.HistorySnapshot;
import io.milepost.analytics.history.Journey;
import io.milepost.analytics.history.PackedReader;
import io.milepost.analytics.history.PackedWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What cells are folded from, as of one block: histories, and who was turned away, which is in no history.
 *
 * @param sequence the block
 */
public record CellSnapshot(long sequence, HistorySnapshot histories, List<Map<Rejected, Rejections>> rejections) {

    static CellSnapshot of(Cells cells) {
        List<Map<Rejected, Rejections>> rejections = cells.histories().journeys().stream()
                .map(journey -> copy(cells.of(journey).rejections()))
                .toList();
        return new CellSnapshot(cells.sequence(), cells.histories().snapshot(), rejections);
    }

    private static Map<Rejected, Rejections> copy(Map<Rejected, Rejections> rejections) {
        Map<Rejected, Rejections> copy = new LinkedHashMap<>();
        rejections.forEach((who, all) -> copy.put(who, all.copy()));
        return copy;
    }

    /** Takes seconds where there are many millions of events; the cells go on meanwhile. */
    public void write(PackedWriter to) throws IOException {
        to.number(sequence);
        histories.write(to);
        for (Map<Rejected, Rejections> journey : rejections) {
            to.number(journey.size());
            for (Map.Entry<Rejected, Rejections> turnedAway : journey.entrySet()) {
                to.number(turnedAway.getKey().version());
                to.number(turnedAway.getKey().reason());
                turnedAway.getValue().write(to);
            }
        }
    }

    /** Cells of which only the histories are right. */
    static Cells read(PackedReader from) throws IOException {
        long sequence = from.number();
        Cells cells = new Cells(HistorySnapshot.read(from), sequence);
        for (Journey journey : cells.histories().journeys()) {
            for (int turnedAway = from.count(); turnedAway > 0; turnedAway--) {
                Rejected who = new Rejected(from.number(), from.count());
                cells.of(journey).reject(who, Rejections.read(from));
            }
        }
        return cells;
    }
}
