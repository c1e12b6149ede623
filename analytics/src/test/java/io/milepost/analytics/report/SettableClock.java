package io.milepost.analytics.report;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** The time as a test sets it, over restarts of the service. Only tests that set {@code settable-clock} see it. */
@Factory
@Requires(property = "settable-clock")
final class SettableClock {

    private static volatile Instant now = Instant.EPOCH;

    static void set(String instant) {
        now = Instant.parse(instant);
    }

    @Primary
    @Singleton
    Clock clock() {
        InstantSource set = () -> now;
        return set.withZone(ZoneOffset.UTC);
    }
}
