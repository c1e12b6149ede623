package io.milepost.analytics.config;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Supplier;

/** Ids that nobody guesses. */
@Factory
final class ReportIds {

    @Singleton
    @Named("report-ids")
    Supplier<String> ids() {
        return () -> UUID.randomUUID().toString();
    }
}
