package io.milepost.analytics.config;

import io.micronaut.context.annotation.Factory;
import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.erasure.ErasedPeople;
import io.milepost.analytics.erasure.UserErasure;
import io.milepost.analytics.journal.BlockArchive;
import io.milepost.analytics.journal.Checkpoint;
import io.milepost.analytics.journal.Journal;
import io.milepost.analytics.measure.CellCalls;
import io.milepost.analytics.measure.CellCatalogue;
import io.milepost.analytics.measure.CellEngagedPersons;
import io.milepost.analytics.measure.CellFigures;
import io.milepost.analytics.measure.CellImports;
import io.milepost.analytics.measure.CellLists;
import io.milepost.analytics.measure.CellTraffic;
import io.milepost.analytics.measure.EngagedPersons;
import io.milepost.analytics.measure.JourneyCalls;
import io.milepost.analytics.measure.JourneyCatalogue;
import io.milepost.analytics.measure.JourneyFigures;
import io.milepost.analytics.measure.JourneyImports;
import io.milepost.analytics.measure.JourneyLists;
import io.milepost.analytics.measure.JourneyLog;
import io.milepost.analytics.measure.JourneyTraffic;
import io.milepost.analytics.measure.UserTimeline;
import io.milepost.analytics.report.ReportJobs;
import io.milepost.analytics.row.FactRowWriter;
import io.milepost.analytics.store.ErasedUsers;
import io.milepost.analytics.store.Erasure;
import io.milepost.analytics.timeline.JournalLog;
import io.milepost.analytics.timeline.JournalTimeline;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Puts the right half of the service together: from the journal's blocks to the figures. */
@Factory
final class FiguresFactory {

    @Singleton
    CellProjection projection() {
        return new CellProjection();
    }

    @Singleton
    JourneyFigures figures(CellProjection projection) {
        return new CellFigures(projection);
    }

    @Singleton
    JourneyCatalogue catalogue(CellProjection projection) {
        return new CellCatalogue(projection);
    }

    @Singleton
    JourneyLists lists(CellProjection projection) {
        return new CellLists(projection);
    }

    @Singleton
    JourneyTraffic traffic(CellProjection projection) {
        return new CellTraffic(projection);
    }

    @Singleton
    JourneyCalls calls(CellProjection projection) {
        return new CellCalls(projection);
    }

    @Singleton
    EngagedPersons engagedPersons(CellProjection projection) {
        return new CellEngagedPersons(projection);
    }

    @Singleton
    JourneyImports imports(CellProjection projection) {
        return new CellImports(projection);
    }

    @Singleton
    UserTimeline timeline(CellProjection projection, BlockArchive archive) {
        return new JournalTimeline(projection, archive);
    }

    @Singleton
    JourneyLog log(CellProjection projection, BlockArchive archive) {
        return new JournalLog(projection, archive);
    }

    @Singleton
    ErasedPeople people(ErasedUsers store, CellProjection projection) {
        return new ErasedPeople(store, projection, new SecureRandom());
    }

    /** Chance need not be strong where it only chooses what to look at. */
    @Singleton
    @Named("audit")
    RandomGenerator auditChance() {
        return new Random(new SecureRandom().nextLong());
    }

    @Singleton
    Erasure erasure(
            Journal journal,
            ErasedUsers store,
            ErasedPeople people,
            CellProjection projection,
            Checkpoint checkpoint,
            Optional<FactRowWriter> rows,
            ReportJobs reports) {
        Consumer<Runnable> betweenRows =
                rows.<Consumer<Runnable>>map(writer -> writer::betweenBatches).orElse(Runnable::run);
        UserErasure erasure = new UserErasure(
                journal, store, people, projection, change -> betweenRows.accept(() -> checkpoint.spoil(change)));
        return userId -> {
            erasure.erase(userId);
            // Last, for one that was being written had the name until now.
            reports.forgetPeople();
        };
    }
}
