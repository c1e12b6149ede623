package io.milepost.analytics.report;

import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time as a test sets it, over restarts of the service. Only tests that set {@code settable-clock} see it. */
@Primary
@Singleton
@Requires(property = "settable-clock")
final class SettableClock extends Clock {

    private static volatile Instant now = Instant.EPOCH;

    static void set(String instant) {
        now = Instant.parse(instant);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
