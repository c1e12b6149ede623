package io.milepost.analytics.api;

import io.micronaut.http.HttpRequest;
import io.milepost.analytics.journal.Freshness;
import io.milepost.analytics.journal.JournalProgress;
import io.milepost.analytics.problem.Problem;
import io.milepost.analytics.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Holds a question back until the figures know as many events as it asks for. */
@Singleton
final class FreshFigures {

    static final String MIN_EVENTS = "minEvents";

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final JournalProgress progress;

    FreshFigures(JournalProgress progress) {
        this.progress = progress;
    }

    /**
     * Waits for the events that {@code minEvents} names, if it does. Blocks the calling thread. What is computed after
     * the return knows at least the projected events of the answer.
     */
    FreshnessAnswer await(HttpRequest<?> request) {
        long minEvents = new Parameters(request).number(MIN_EVENTS, 0, 0, Long.MAX_VALUE);
        Freshness freshness = progress.freshness();
        return FreshnessAnswer.of(freshness.projectedEvents() >= minEvents ? freshness : await(minEvents));
    }

    private Freshness await(long minEvents) {
        CompletableFuture<Freshness> projected = progress.whenProjected(minEvents);
        try {
            return projected.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            projected.cancel(false);
            throw later(
                    "not-fresh-enough",
                    "Not fresh enough",
                    "The figures know " + progress.freshness().projectedEvents() + " events, '" + MIN_EVENTS
                            + "' asks for " + minEvents + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw later("stopping", "Stopping", "The service is stopping.");
        } catch (ExecutionException | CancellationException e) {
            throw new IllegalStateException("the projection has failed", e);
        }
    }

    private static ProblemException later(String slug, String title, String detail) {
        return new ProblemException(Problem.unavailable(slug, title, detail), RETRY_AFTER);
    }
}
