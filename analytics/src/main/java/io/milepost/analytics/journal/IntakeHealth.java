package io.milepost.analytics.journal;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Down while no events are taken, say because the disk is full: figures can still be read then. */
@Singleton
final class IntakeHealth implements HealthIndicator {

    private final Journal journal;

    IntakeHealth(Journal journal) {
        this.journal = journal;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        IntakeClosedException closed = journal.closed();
        HealthResult.Builder health =
                HealthResult.builder("intake", closed == null ? HealthStatus.UP : HealthStatus.DOWN);
        return Publishers.just(
                (closed == null ? health : health.details(Map.of("cause", closed.getMessage()))).build());
    }
}
