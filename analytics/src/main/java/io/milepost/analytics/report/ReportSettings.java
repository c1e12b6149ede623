package io.milepost.analytics.report;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many reports, and for how long; named {@code milepost.reports.at-once} and so on.
 *
 * @param atOnce how many are written at once; who orders one more is told to come again
 * @param keep how long a report is kept after it was ordered
 * @param schedules how many schedules there may be
 * @param look how long between two looks at what is due
 * @param address by which people reach the service, for links in mails; null = the one it listens on
 */
@ConfigurationProperties("milepost.reports")
record ReportSettings(
        @Bindable(defaultValue = "2") int atOnce,
        @Bindable(defaultValue = "P7D") Duration keep,
        @Bindable(defaultValue = "100") int schedules,
        @Bindable(defaultValue = "PT10S") Duration look,
        @Nullable String address) {

    ReportSettings {
        if (atOnce < 1) {
            throw new IllegalArgumentException("milepost.reports.at-once must be 1 or more");
        }
        if (schedules < 0) {
            throw new IllegalArgumentException("milepost.reports.schedules must be 0 or more");
        }
        if (look.isNegative() || look.isZero()) {
            throw new IllegalArgumentException("milepost.reports.look must be longer than nothing");
        }
        if (keep.isNegative() || keep.isZero()) {
            throw new IllegalArgumentException("milepost.reports.keep must be longer than nothing");
        }
    }
}
