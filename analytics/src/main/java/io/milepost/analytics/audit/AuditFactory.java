package io.milepost.analytics.audit;

import io.micronaut.context.annotation.Factory;
import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.journal.Journal;
import io.milepost.analytics.measure.JourneyFigures;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.random.RandomGenerator;

@Factory
final class AuditFactory {

    @Singleton
    Audit audit(
            CellProjection projection,
            JourneyFigures figures,
            Journal journal,
            Clock clock,
            @Named("audit") RandomGenerator random,
            AuditSettings settings) {
        return new Audit(projection, figures, journal, journal, clock, random, settings.users());
    }
}
