package io.milepost.analytics;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.Micronaut;
import io.milepost.analytics.audit.AuditCommand;
import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.journal.BlockArchive;
import io.milepost.analytics.journal.Checkpoint;
import io.milepost.analytics.journal.Journal;
import io.milepost.analytics.store.jdbc.BackupFolder;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.random.RandomGenerator;

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

    /**
     * Without arguments: the service. {@code restore <backup>}: unpacks a backup into the data folder. {@code audit}:
     * computes all figures of a stopped service twice, as a start does and from the journal alone, and compares them; ends
     * with 0 where they agree, 1 where not, 3 where the journal cannot be read.
     */
    public static void main(String[] args) {
        if (args.length == 2 && args[0].equals("restore")) {
            System.exit(restore(Path.of(args[1])));
        }
        if (args.length > 0 && args[0].equals("audit")) {
            System.exit(audit());
        }
        ApplicationContext context =
                Micronaut.build(args).mainClass(Analytics.class).banner(false).start();
        context.getBean(Journal.class).opened().exceptionally(failure -> {
            System.exit(1);
            return null;
        });
    }

    private static int audit() {
        try (ApplicationContext context = ApplicationContext.run()) {
            AuditCommand command = new AuditCommand(
                    context.getBean(BlockArchive.class),
                    context.getBean(Checkpoint.class),
                    context.getBean(CellProjection.class),
                    context.getBean(Clock.class),
                    System.out);
            return command.run(context.getBean(RandomGenerator.class).nextLong()) ? 0 : 1;
        } catch (RuntimeException e) {
            System.err.println("Cannot audit: " + rootCause(e).getMessage());
            return 3;
        }
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : rootCause(cause);
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
