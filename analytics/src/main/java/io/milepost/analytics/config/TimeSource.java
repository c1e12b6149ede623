package io.milepost.analytics.config;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The only place that asks the machine for the time. */
@Factory
final class TimeSource {

    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
