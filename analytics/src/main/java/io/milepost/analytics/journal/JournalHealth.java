package io.milepost.analytics.journal;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Ready once the stored journal is replayed. */
@Singleton
@Readiness
final class JournalHealth implements HealthIndicator {

    private final Journal journal;

    JournalHealth(Journal journal) {
        this.journal = journal;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return Publishers.just(HealthResult.builder("journal", journal.ready() ? HealthStatus.UP : HealthStatus.DOWN)
                .details(details())
                .build());
    }

    private Map<String, Object> details() {
        Freshness freshness = journal.freshness();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("acceptedEvents", freshness.acceptedEvents());
        details.put("projectedEvents", freshness.projectedEvents());
        String damage = journal.damage();
        if (damage != null) {
            details.put("damage", damage);
        }
        return details;
    }
}
