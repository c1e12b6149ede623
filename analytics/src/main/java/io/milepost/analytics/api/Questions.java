package io.milepost.analytics.api;

import io.micronaut.http.HttpRequest;
import io.milepost.analytics.measure.Basis;
import io.milepost.analytics.measure.JourneyCatalogue;
import io.milepost.analytics.measure.MeasureQuery;
import io.milepost.analytics.measure.Scope;
import io.milepost.analytics.problem.Problem;
import io.milepost.analytics.problem.ProblemException;
import io.milepost.analytics.store.AccountStore;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** Makes questions of requests. */
@Singleton
final class Questions {

    private final JourneyCatalogue catalogue;
    private final FreshFigures fresh;
    private final AccountStore accounts;
    private final Clock clock;

    Questions(JourneyCatalogue catalogue, FreshFigures fresh, AccountStore accounts, Clock clock) {
        this.catalogue = catalogue;
        this.fresh = fresh;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * The question for the figures of a journey. Returns once they are as fresh as it asks for.
     *
     * @throws ProblemException where a parameter is wrong, the journey is not known, or they did not get that fresh
     */
    Question ask(String journeyId, HttpRequest<?> request) {
        Scope scope = scope(request);
        FreshnessAnswer freshness = fresh.await(request);
        requireJourney(journeyId);
        return new Question(new MeasureQuery(journeyId, scope), freshness);
    }

    /** Which part of the data the common parameters choose. */
    Scope scope(HttpRequest<?> request) {
        Parameters parameters = new Parameters(request);
        Instant from = parameters.instant("from");
        Instant to = parameters.instant("to");
        if (from != null && to != null && from.isAfter(to)) {
            throw Parameters.invalid("from", "must not be after 'to'");
        }
        Basis basis = parameters.oneOf("basis", Basis.class);
        ZoneId zone = parameters.zone("zone");
        Instant asOf = parameters.instant("asOf");
        return new Scope(
                from,
                to,
                parameters.versions("version"),
                parameters.texts("variant"),
                basis == null ? Basis.COHORT : basis,
                parameters.oneOf("include", Include.class) == Include.TEST,
                zone == null ? accounts.account().zone() : zone,
                asOf == null ? clock.instant() : asOf);
    }

    /** Ends the request with a 404 where no event ever spoke of the journey. */
    void requireJourney(String journeyId) {
        if (!Identifiers.canBe(journeyId) || !catalogue.knows(journeyId)) {
            throw new ProblemException(Problem.notFound("No event speaks of a journey with this id."));
        }
    }

    /** What else a figure can include. */
    private enum Include {
        TEST
    }

    /**
     * A question about a journey.
     *
     * @param freshness that the answer has at least
     */
    record Question(MeasureQuery query, FreshnessAnswer freshness) {}
}
