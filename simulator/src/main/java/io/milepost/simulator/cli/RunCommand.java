package io.milepost.simulator.cli;

import io.milepost.simulator.engine.World;
import io.milepost.simulator.fault.Poison;
import io.milepost.simulator.report.Console;
import io.milepost.simulator.verify.Difference;
import io.milepost.simulator.verify.Verdict;
import io.milepost.simulator.verify.Verifier;
import io.milepost.spi.JourneyEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "run", description = "Plays a scenario to analytics and holds its figures to the truth.")
final class RunCommand implements Callable<Integer> {

    @Mixin
    private WorldOptions options = new WorldOptions();

    @Option(names = "--url", paramLabel = "URL", description = "Where analytics is (default: http://127.0.0.1:8080).")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(
            names = "--poison",
            paramLabel = "USERS",
            description =
                    "Afterwards sends broken forms of the events of that many users among good ones; analytics should"
                            + " refuse each with its reason.")
    private int poison;

    @Option(
            names = "--speed",
            paramLabel = "TIMES",
            description =
                    "How much faster than real time it is played at most; 1 = real time (default: as fast as it goes).")
    private double speed;

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
        if (speed < 0) {
            throw new UseException("--speed should be 0 or more, not " + speed);
        }
        PrintWriter out = Out.of(spec);
        Console console = Terminal.console(out);
        Show show = new Show(console);
        World world = options.world(InstantSource.system());
        show.world(world);
        int exit = new Trial(world, url, out, console)
                .atSpeed(speed)
                .reportedTo(report)
                .withRowsUpTo(rows)
                .run(accepted -> List.of(poisoned(world)));
        console.line("again", "verify --url " + url + " " + options.again(world));
        return exit;
    }

    private Verdict poisoned(World world) {
        Poison doses = new Poison(url);
        List<Difference> differences = new ArrayList<>();
        long compared = 0;
        int users = Math.min(poison, world.scenario().users());
        for (int user = 0; user < users; user++) {
            for (JourneyEvent event : world.life(user)) {
                compared++;
                try {
                    Poison.Answer answer = doses.give(event);
                    if (!answer.isRight()) {
                        differences.add(new Difference(
                                "ingest",
                                event.type().wireName() + " of user " + user,
                                "broken forms of " + event.id(),
                                answer.expected() + ", " + answer.neighbours() + " neighbours taken",
                                answer.got() + ", " + answer.taken()));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return new Verdict(compared, compared, differences);
    }
}
