package io.milepost.simulator.engine;

import io.milepost.simulator.scenario.Scenario;
import io.milepost.simulator.scenario.Traits;
import io.milepost.spi.EventSource;
import io.milepost.spi.ImportReport;
import io.milepost.spi.ImportReport.RowError;
import io.milepost.spi.JourneyEvent.ImportFinished;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** The contact files of a scenario: how many rows they have, which of them are invalid and why. */
final class Imports {

    /** Told of one import, so that its event stays well below what an event may be large. */
    private static final int MOST_ERRORS = 500;

    private static final Traits NOBODY = name -> null;
    private static final long ASIDE = -2;

    private Imports() {}

    /** All that finish before the end, in order of time. */
    static List<ImportFinished> of(List<Plan> plans, EventSource source, long seed, long start, long end) {
        List<ImportFinished> finished = new ArrayList<>();
        int file = 0;
        for (Plan plan : plans) {
            for (Scenario.Import one : plan.journey.imports()) {
                file++;
                SplittableRandom random = new SplittableRandom(Seeds.mix(Seeds.mix(seed, ASIDE), file));
                int number = 0;
                for (long at = start + one.first().toMillis();
                        at < end;
                        at += one.every().toMillis()) {
                    number++;
                    finished.add(source.importFinished(
                            Instant.ofEpochMilli(at),
                            plan.id,
                            report(one, plan.id + "-import-" + file + "-" + number, random)));
                }
            }
        }
        finished.sort(Comparator.comparing(ImportFinished::time));
        return finished;
    }

    private static ImportReport report(Scenario.Import one, String id, SplittableRandom random) {
        if (one.fails().happens(random, NOBODY)) {
            return new ImportReport(id, one.connection(), one.file(), 0, 0, 0, List.of(), "connection lost");
        }
        int rows = (int) Math.max(0, Math.round(one.rows().sample(random)));
        List<RowError> errors = new ArrayList<>();
        int invalid = 0;
        for (int row = 1; row <= rows; row++) {
            if (one.invalid().happens(random, NOBODY)) {
                invalid++;
                String reason = one.reasons().pick(random, NOBODY);
                if (errors.size() < MOST_ERRORS) {
                    errors.add(new RowError(row, reason));
                }
            }
        }
        return new ImportReport(id, one.connection(), one.file(), rows, rows - invalid, invalid, errors, null);
    }
}
