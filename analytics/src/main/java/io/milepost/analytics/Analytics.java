package io.milepost.analytics;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.Micronaut;
import io.milepost.analytics.journal.Journal;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;

/** Starts the service: {@code java -jar analytics.jar}. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Milepost analytics",
                        version = "v1",
                        description =
                                "Takes journey events and answers with exact figures. Every figure is a pure function of"
                                        + " the set of accepted events. Instants are RFC 3339 in UTC, durations"
                                        + " milliseconds, money decimal strings by currency, rates percentages with"
                                        + " numerator and denominator. Errors are problem details of RFC 9457.",
                        license = @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")))
public final class Analytics {

    private Analytics() {}

    public static void main(String[] args) {
        ApplicationContext context =
                Micronaut.build(args).mainClass(Analytics.class).banner(false).start();
        context.getBean(Journal.class).opened().exceptionally(failure -> {
            System.exit(1);
            return null;
        });
    }
}
