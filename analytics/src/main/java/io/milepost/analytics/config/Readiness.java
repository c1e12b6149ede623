package io.milepost.analytics.config;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.milepost.analytics.journal.JournalProgress;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/** Not ready while the stored events are read again: no figure is right before that. */
@Singleton
@io.micronaut.management.health.indicator.annotation.Readiness
final class Readiness implements HealthIndicator {

    private final JournalProgress progress;

    Readiness(JournalProgress progress) {
        this.progress = progress;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return Publishers.just(HealthResult.builder("figures", progress.ready() ? HealthStatus.UP : HealthStatus.DOWN)
                .build());
    }
}
