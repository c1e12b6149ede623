package io.milepost.analytics.journal;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Ready once the stored journal is replayed. */
@Singleton
@Readiness
final class JournalHealth implements HealthIndicator {

    private final JournalProgress journal;

    JournalHealth(JournalProgress journal) {
        this.journal = journal;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        Freshness freshness = journal.freshness();
        return Publishers.just(HealthResult.builder("journal", journal.ready() ? HealthStatus.UP : HealthStatus.DOWN)
                .details(Map.of(
                        "acceptedEvents", freshness.acceptedEvents(),
                        "projectedEvents", freshness.projectedEvents()))
                .build());
    }
}
