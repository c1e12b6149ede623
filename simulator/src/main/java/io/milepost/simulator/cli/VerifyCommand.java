package io.milepost.simulator.cli;

import io.milepost.simulator.engine.World;
import io.milepost.simulator.report.Console;
import io.milepost.simulator.report.ReportFile;
import io.milepost.simulator.run.Judgement;
import io.milepost.simulator.verify.AnalyticsClient;
import io.milepost.simulator.verify.Verdict;
import io.milepost.simulator.verify.Verifier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = "Holds the figures of a scenario that was played before to the truth. Needs the same --seed,"
                + " --users, --weeks and --until.")
final class VerifyCommand implements Callable<Integer> {

    @Mixin
    private WorldOptions options = new WorldOptions();

    @Option(names = "--url", paramLabel = "URL", description = "Where analytics is (default: http://127.0.0.1:8080).")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(
            names = "--rows",
            paramLabel = "COUNT",
            description = "Longer lists are compared by their number of rows alone (default: ${DEFAULT-VALUE}).")
    private long rows = Verifier.USUAL_ROWS;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "Also writes the verdict there, as its name ends: html for people, json, csv, or xml for JUnit.")
    private @Nullable Path report;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ReportFile reportFile = report == null ? null : new ReportFile(report);
        Console console = Terminal.console(Out.of(spec));
        Show show = new Show(console);
        World world = options.world(InstantSource.system());
        show.world(world);
        AnalyticsClient client = new AnalyticsClient(url);
        long accepted = client.acceptedEvents();
        Judgement judgement =
                new Judgement(world, client.accountZone(), Terminal.progress(Out.of(spec), "people judged"));
        Verifier verifier = judgement
                .against(client, accepted)
                .withRowsUpTo(rows)
                .tellingTo(Terminal.progress(Out.of(spec), "answers compared"));
        show.figures(world, judgement, verifier);
        long begun = System.nanoTime();
        Verdict verdict = verifier.verify();
        console.verdict(verdict, Show.since(begun, System.nanoTime()));
        if (reportFile != null) {
            reportFile.write(world.source().uri(), verdict, () -> Pages.of(world, judgement, verifier));
        }
        return verdict.agrees() ? Exit.AGREES : Exit.DIFFERS;
    }
}
