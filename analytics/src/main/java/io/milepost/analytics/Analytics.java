package io.milepost.analytics;

import io.micronaut.runtime.Micronaut;
import io.milepost.analytics.journal.Journal;

/** Starts the service: {@code java -jar analytics.jar}. */
public final class Analytics {

    private Analytics() {}

    public static void main(String[] args) {
        Micronaut.run(Analytics.class, args).getBean(Journal.class).opened().exceptionally(failure -> {
            System.exit(1);
            return null;
        });
    }
}
