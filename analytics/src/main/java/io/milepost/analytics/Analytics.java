package io.milepost.analytics;

import io.micronaut.runtime.Micronaut;

/** Starts the service: {@code java -jar analytics.jar}. */
public final class Analytics {

    private Analytics() {}

    public static void main(String[] args) {
        Micronaut.run(Analytics.class, args);
    }
}
