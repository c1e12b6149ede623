package io.milepost.analytics.measure;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.cell.Range;
import io.milepost.analytics.event.AcceptedEvent.ImportReport;
import io.milepost.analytics.event.Nanos;
import io.milepost.analytics.history.FinishedImport;
import io.milepost.analytics.history.Journey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Imports as the histories keep them. */
public final class CellImports implements JourneyImports {

    private final CellProjection projection;

    public CellImports(CellProjection projection) {
        this.projection = projection;
    }

    @Override
    public List<Finished> imports(String journeyId, @Nullable Instant from, @Nullable Instant to) {
        Range range = Scope.allTime(Instant.EPOCH).between(from, to).range();
        return projection.read(cells -> {
            Journey journey = cells.histories().journey(journeyId);
            return journey == null
                    ? List.of()
                    : journey.imports().stream()
                            .filter(finished -> range.has(finished.order().time))
                            .sorted(Comparator.comparingLong((FinishedImport finished) -> finished.order().time)
                                    .thenComparing(FinishedImport::id))
                            .map(CellImports::told)
                            .toList();
        });
    }

    private static Finished told(FinishedImport finished) {
        ImportReport report = finished.report();
        return new Finished(
                finished.id(),
                Nanos.toInstant(finished.order().time),
                report.connection(),
                report.connectionError(),
                report.file(),
                report.total(),
                report.valid(),
                report.invalid(),
                report.errors().stream()
                        .map(error -> new InvalidRow(error.row(), error.reason()))
                        .toList());
    }
}
