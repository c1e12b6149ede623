package io.milepost.analytics;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.Micronaut;
import io.milepost.analytics.journal.Journal;
import io.milepost.analytics.store.jdbc.BackupFolder;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import java.io.IOException;
import java.nio.file.Path;

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

    /** Without arguments: the service. {@code restore <backup>}: unpacks a backup into the data folder, and ends. */
    public static void main(String[] args) {
        if (args.length == 2 && args[0].equals("restore")) {
            System.exit(restore(Path.of(args[1])));
        }
        ApplicationContext context =
                Micronaut.build(args).mainClass(Analytics.class).banner(false).start();
        context.getBean(Journal.class).opened().exceptionally(failure -> {
            System.exit(1);
            return null;
        });
    }

    private static int restore(Path backup) {
        String configured = System.getenv("MILEPOST_DATA_DIR");
        Path folder = Path.of(configured == null || configured.isBlank() ? "./milepost-data" : configured);
        try {
            BackupFolder.restore(backup, folder);
            System.out.println(
                    "Restored " + backup + " into " + folder.toAbsolutePath().normalize());
            return 0;
        } catch (IOException e) {
            System.err.println("Cannot restore " + backup + ": " + e);
            return 1;
        }
    }
}
