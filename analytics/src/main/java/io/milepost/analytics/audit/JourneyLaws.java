package io.milepost.analytics.audit;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.history.FinishedImport;
import io.milepost.analytics.history.Journey;
import io.milepost.analytics.measure.Basis;
import io.milepost.analytics.measure.JourneyFigures;
import java.time.Instant;
import java.util.List;

/**
 * The laws of each journey. Takes the readers' lock for one part of one journey at a time: what is compared is of one
 * state of the data, and the projector never waits for long.
 */
final class JourneyLaws {

    private final CellProjection projection;
    private final JourneyFigures figures;

    JourneyLaws(CellProjection projection, JourneyFigures figures) {
        this.projection = projection;
        this.figures = figures;
    }

    void check(Instant now, Findings findings) {
        List<Journey> journeys =
                projection.read(cells -> List.copyOf(cells.histories().journeys()));
        journeys.forEach(journey -> check(journey, now, findings));
    }

    private void check(Journey journey, Instant now, Findings findings) {
        List<Group> groups = projection.read(cells -> Group.of(journey, cells.of(journey)));
        groups.forEach(group -> under(cells -> new GroupLaws(cells, journey, group, findings).check()));
        under(cells -> new PartLaws(cells, journey, findings).check());
        for (Basis basis : Basis.values()) {
            under(cells -> new ServedLaws(figures, journey.id(), basis, now, findings).check());
        }
        SeriesLaws series = new SeriesLaws(findings);
        int next = 0;
        while (next >= 0) {
            int from = next;
            next = projection.read(cells -> series.check(cells, journey, from));
        }
        under(cells -> imports(journey, findings));
    }

    private interface Look {
        void at(Cells cells);
    }

    private void under(Look look) {
        projection.read(cells -> {
            look.at(cells);
            return cells;
        });
    }

    private static void imports(Journey journey, Findings findings) {
        for (FinishedImport finished : journey.imports()) {
            long valid = finished.report().valid();
            long invalid = finished.report().invalid();
            findings.equal(
                    Law.IMPORT_ROWS,
                    CellNames.journey(journey) + " import=" + finished.id(),
                    "rows",
                    finished.report().total(),
                    "valid " + valid + " + invalid " + invalid,
                    valid + invalid);
        }
    }
}
