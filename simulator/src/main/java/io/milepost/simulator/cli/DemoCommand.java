package io.milepost.simulator.cli;

import io.milepost.simulator.engine.World;
import io.milepost.simulator.report.Console;
import io.milepost.simulator.report.Figures;
import io.milepost.simulator.run.AnalyticsProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = "Starts analytics, plays four weeks of a shop to it, and shows its figures beside the truth.")
final class DemoCommand implements Callable<Integer> {

    private static final int USUAL_PORT = 8080;
    private static final Duration START = Duration.ofSeconds(90);

    @Mixin
    private WorldOptions options = new WorldOptions();

    @Option(names = "--url", paramLabel = "URL", description = "Analytics that runs already.")
    private @Nullable URI url;

    @Option(
            names = "--analytics-jar",
            paramLabel = "FILE",
            description = "Analytics to start (default: analytics/target/analytics.jar).")
    private @Nullable Path jar;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Where it keeps its data (default: a temporary folder).")
    private @Nullable Path data;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Where it listens (default: 8080, or a free one if that is taken).")
    private @Nullable Integer port;

    @Option(
            names = "--stay",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Stay until Ctrl-C (default: when started from a terminal).")
    private String stay = "";

    @Option(names = "--no-stay", description = "The same as --stay=false.")
    private boolean leave;

    @Option(
            names = "--kills",
            paramLabel = "COUNT",
            description = "Kills analytics (kill -9) and starts it again so many times while it is played to.")
    private int kills;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = Out.of(spec);
        Console console = Terminal.console(out);
        Show show = new Show(console);
        if (kills < 0 || kills > 0 && url != null) {
            throw new UseException("--kills should be 0 or more, and needs analytics to be started here, not --url");
        }
        if (!List.of("", "true", "false").contains(stay)) {
            throw new UseException("--stay should be true or false, not '" + stay + "'");
        }
        World world = options.world(InstantSource.system());
        show.world(world);
        if (url != null) {
            return play(new Trial(world, url, out, console), url, console);
        }
        try (Folder folder = data == null ? Folder.fleeting() : Folder.lasting(data)) {
            long begun = System.nanoTime();
            try (AnalyticsProcess analytics = AnalyticsProcess.start(
                    jar == null ? Path.of("analytics/target/analytics.jar") : jar,
                    folder.path(),
                    port == null ? usualPort() : port,
                    START)) {
                console.line(
                        "analytics",
                        "ready at " + analytics.url() + " after "
                                + Figures.seconds(Show.since(begun, System.nanoTime())));
                Trial trial = new Trial(world, analytics.url(), out, console);
                if (kills > 0) {
                    trial.interruptedBy(new Killer(analytics, kills, console));
                }
                return play(trial, analytics.url(), console);
            }
        }
    }

    private int play(Trial trial, URI analytics, Console console) throws IOException, InterruptedException {
        int exit = trial.run();
        console.line("look around", analytics + "/swagger-ui");
        if (stays()) {
            console.line("", "Ctrl-C ends it");
            new CountDownLatch(1).await();
        }
        return exit;
    }

    private boolean stays() {
        if (leave || stay.equals("false")) {
            return false;
        }
        return stay.equals("true") || Terminal.attended();
    }

    private static int usualPort() {
        try (ServerSocket socket = new ServerSocket(USUAL_PORT, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            return 0;
        }
    }

    /** Kills analytics every so many events, in the thread that plays: the transport waits and sends again. */
    private static final class Killer implements LongConsumer {
        private static final long EVERY = 2_000;

        private final AnalyticsProcess analytics;
        private final Console console;
        private int left;
        private long next = EVERY;

        Killer(AnalyticsProcess analytics, int kills, Console console) {
            this.analytics = analytics;
            this.left = kills;
            this.console = console;
        }

        @Override
        public void accept(long emitted) {
            if (left > 0 && emitted >= next) {
                left--;
                next = emitted + EVERY;
                analytics.killAndRestart(START);
                console.line("killed", "after " + Figures.grouped(emitted) + " events, and started again");
            }
        }
    }

    /** A folder that is deleted in the end if it is temporary. */
    private record Folder(Path path, boolean temporary) implements AutoCloseable {
        static Folder fleeting() throws IOException {
            return new Folder(Files.createTempDirectory("milepost-demo-"), true);
        }

        static Folder lasting(Path path) {
            return new Folder(path, false);
        }

        @Override
        public void close() throws IOException {
            if (temporary) {
                Out.delete(path);
            }
        }
    }
}
