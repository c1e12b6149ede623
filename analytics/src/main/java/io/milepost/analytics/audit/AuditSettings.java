package io.milepost.analytics.audit;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * When audits happen by themselves; named {@code milepost.audit.interval} and so on.
 *
 * @param interval from the end of one to the next; zero = only when asked for
 * @param users computed anew from the journal each time, at most
 */
@ConfigurationProperties("milepost.audit")
record AuditSettings(@Bindable(defaultValue = "PT15M") Duration interval, @Bindable(defaultValue = "20") int users) {

    AuditSettings {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("milepost.audit.interval must not be negative");
        }
        if (users < 0) {
            throw new IllegalArgumentException("milepost.audit.users must not be negative");
        }
    }
}
