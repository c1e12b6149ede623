package io.milepost.analytics.ingest;

import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.milepost.analytics.journal.JournalProgress;
import io.milepost.analytics.problem.Problem;
import io.milepost.analytics.problem.ProblemException;
import java.time.Duration;

/** 503 for all questions while the stored journal is replayed: half the figures would be wrong figures. */
@ServerFilter("/v1/**")
final class NotReadyFilter {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final JournalProgress journal;

    NotReadyFilter(JournalProgress journal) {
        this.journal = journal;
    }

    @RequestFilter
    void check() {
        if (!journal.ready()) {
            throw new ProblemException(
                    Problem.unavailable("starting", "Starting", "The service is reading its journal. Ask again soon."),
                    RETRY);
        }
    }
}
