package io.milepost.simulator.cli;

import io.milepost.simulator.engine.Seeds;
import io.milepost.simulator.engine.SimulatedEngine;
import io.milepost.simulator.engine.World;
import io.milepost.simulator.fault.FaultySink;
import io.milepost.simulator.report.Figures;
import io.milepost.spi.AdapterContext;
import io.milepost.spi.JourneyEvent;
import io.milepost.transport.CloudEvents;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "generate",
        description = "Writes the events of a scenario as NDJSON, as they would be sent; no server is needed.")
final class GenerateCommand implements Callable<Integer> {

    private static final int BUFFER = 1 << 20;

    @Mixin
    private WorldOptions options = new WorldOptions();

    @Option(names = "--out", paramLabel = "FILE", description = "The file to write (default: standard output).")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException {
        World world = options.world(InstantSource.system());
        long begun = System.nanoTime();
        long count;
        try (OutputStream target = file == null ? System.out : Files.newOutputStream(file);
                CloudEvents.Lines lines = CloudEvents.lines(new BufferedOutputStream(target, BUFFER))) {
            count = write(world, lines);
        }
        System.err.println(Figures.grouped(count) + " events, seed " + world.seed() + ", "
                + Figures.rate(count, Show.since(begun, System.nanoTime())));
        return Exit.AGREES;
    }

    private static long write(World world, CloudEvents.Lines lines) {
        long[] count = {0};
        FaultySink faulty = new FaultySink(
                batch -> {
                    count[0] += batch.size();
                    batch.events().forEach(event -> write(lines, event));
                },
                world.scenario().faults(),
                Seeds.mix(world.seed(), -1));
        SimulatedEngine engine = new SimulatedEngine(world);
        try (var attachment =
                engine.attach(AdapterContext.of(world.source(), faulty).build())) {
            engine.run(world);
        }
        faulty.release();
        return count[0];
    }

    private static void write(CloudEvents.Lines lines, JourneyEvent event) {
        try {
            lines.write(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
