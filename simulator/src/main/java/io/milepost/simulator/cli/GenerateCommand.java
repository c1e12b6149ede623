package io.milepost.simulator.cli;

import io.milepost.simulator.engine.Seeds;
import io.milepost.simulator.engine.World;
import io.milepost.simulator.fault.FaultySink;
import io.milepost.simulator.report.Figures;
import io.milepost.spi.JourneyEventBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "generate",
        description = "Writes the events of a scenario as NDJSON, as they would be sent; no server is needed.")
final class GenerateCommand implements Callable<Integer> {

    private static final long FAULTS_OF_THE_WAY = -1;
    private static final long TELLS_EVERY = 100_000;

    @Mixin
    private WorldOptions options = new WorldOptions();

    @Option(names = "--out", paramLabel = "FILE", description = "The file to write (default: standard output).")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException {
        World world = options.world(InstantSource.system());
        long begun = System.nanoTime();
        long count;
        try (OutputStream target = file == null ? System.out : Files.newOutputStream(file)) {
            count = write(world, target);
        }
        System.err.println(Figures.grouped(count) + " events, seed " + world.seed() + ", "
                + Figures.rate(count, Show.since(begun, System.nanoTime())));
        return Exit.AGREES;
    }

    private static long write(World world, OutputStream target) throws IOException {
        try (EventFile events = new EventFile(target, Runtime.getRuntime().availableProcessors())) {
            LongConsumer progress =
                    Terminal.progress(new PrintWriter(System.err, true, StandardCharsets.UTF_8), "events written");
            FaultySink faulty = new FaultySink(
                    batch -> {
                        events.write(batch.events());
                        if (events.count() / TELLS_EVERY > (events.count() - batch.size()) / TELLS_EVERY) {
                            progress.accept(events.count());
                        }
                    },
                    world.faults(),
                    Seeds.mix(world.seed(), FAULTS_OF_THE_WAY));
            world.run(transaction -> faulty.emit(new JourneyEventBatch(transaction)));
            faulty.release();
            events.finish();
            return events.count();
        }
    }
}
