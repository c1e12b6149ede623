package io.milepost.simulator.cli;

import io.milepost.simulator.engine.World;
import io.milepost.simulator.report.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.InstantSource;
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

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Out.of(spec);
        Console console = Terminal.console(out);
        Show show = new Show(console);
        World world = options.world(InstantSource.system());
        show.world(world);
        int exit = new Trial(world, url, out, console, show).run();
        console.line("again", "verify --url " + url + " " + options.again(world));
        return exit;
    }
}
