package io.milepost.simulator.cli;

import io.milepost.simulator.engine.World;
import io.milepost.simulator.report.Biography;
import io.milepost.spi.JourneyEvent;
import io.milepost.transport.CloudEvents;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "explain", description = "Shows the life of one user of a scenario, event by event.")
final class ExplainCommand implements Callable<Integer> {

    @Mixin
    private WorldOptions options = new WorldOptions();

    @Option(names = "--user", required = true, paramLabel = "USER", description = "Number or id, e.g. 17 or demo-17.")
    private String user = "";

    @Option(names = "--json", description = "The events as they are sent, one a line.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        World world = options.world(InstantSource.system());
        PrintWriter out = Out.of(spec);
        List<JourneyEvent> life = world.life(number(world.scenario().users()));
        if (json) {
            life.forEach(event -> out.println(new String(CloudEvents.encode(event), StandardCharsets.UTF_8)));
        } else {
            new Show(Terminal.console(out)).world(world);
            out.println();
            new Biography().lines(life).forEach(out::println);
        }
        out.flush();
        return Exit.AGREES;
    }

    private int number(int users) {
        String digits = user.substring(user.lastIndexOf('-') + 1);
        try {
            int number = Integer.parseInt(digits);
            if (number >= 0 && number < users) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new UseException("--user should be a number or an id such as demo-17, not '" + user + "'");
        }
        throw new UseException("--user should be from 0 to " + (users - 1));
    }
}
