package io.milepost.analytics.row;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Tells how far the rows trail. They never make the service unhealthy: figures do not need them. */
@Singleton
@Requires(beans = FactRowWriter.class)
final class FactRowHealth implements HealthIndicator {

    private final FactRowWriter writer;

    FactRowHealth(FactRowWriter writer) {
        this.writer = writer;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("completeToBlock", writer.completeTo());
        details.put("waitingEntries", writer.waitingEntries());
        details.put("lagMillis", writer.lag().toMillis());
        String failure = writer.failure();
        if (failure != null) {
            details.put("failure", failure);
        }
        return Publishers.just(HealthResult.builder("factRows", HealthStatus.UP)
                .details(details)
                .build());
    }
}
