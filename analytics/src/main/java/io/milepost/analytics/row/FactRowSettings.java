package io.milepost.analytics.row;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Whether and how facts are written as rows; named {@code milepost.fact-rows.enabled} and so on.
 *
 * @param share percent of the time spent on rows while events come in; without events there is no limit
 * @param interval how long changes gather before their entries' rows are replaced
 */
@ConfigurationProperties("milepost.fact-rows")
record FactRowSettings(
        @Bindable(defaultValue = "true") boolean enabled,
        @Bindable(defaultValue = "20") int share,
        @Bindable(defaultValue = "PT0.5S") Duration interval) {

    FactRowSettings {
        if (share < 1 || share > 100) {
            throw new IllegalArgumentException("milepost.fact-rows.share must be from 1 to 100");
        }
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("milepost.fact-rows.interval must be longer than nothing");
        }
    }
}
