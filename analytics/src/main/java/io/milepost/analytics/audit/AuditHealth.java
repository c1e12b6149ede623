package io.milepost.analytics.audit;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Liveness;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;

/**
 * Down once an audit found figures that contradict each other. That is a matter of life, for a restart computes them
 * anew, and not of readiness: events are still taken. Tells the last result, without looking again.
 */
@Singleton
@Liveness
final class AuditHealth implements HealthIndicator {

    private final Audit audit;

    AuditHealth(Audit audit) {
        this.audit = audit;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return Publishers.just(
                audit.last().map(AuditHealth::of).orElseGet(() -> HealthResult.builder("audit", HealthStatus.UP)
                        .build()));
    }

    private static HealthResult of(AuditReport report) {
        return HealthResult.builder("audit", report.ok() ? HealthStatus.UP : HealthStatus.DOWN)
                .details(Map.of(
                        "checkedAt", report.checkedAt(),
                        "checked", report.checked(),
                        "violations", report.violations()))
                .build();
    }
}
