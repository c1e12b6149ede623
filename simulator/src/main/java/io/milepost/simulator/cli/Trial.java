package io.milepost.simulator.cli;

import io.milepost.simulator.engine.World;
import io.milepost.simulator.report.Console;
import io.milepost.simulator.run.Judgement;
import io.milepost.simulator.run.Playback;
import io.milepost.simulator.run.Played;
import io.milepost.simulator.verify.AnalyticsClient;
import io.milepost.simulator.verify.Verdict;
import io.milepost.simulator.verify.Verifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Plays a world to analytics, shows its figures beside the truth, and judges them. */
final class Trial {

    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final World world;
    private final URI analytics;
    private final PrintWriter out;
    private final Console console;
    private final Show show;

    Trial(World world, URI analytics, PrintWriter out, Console console, Show show) {
        this.world = world;
        this.analytics = analytics;
        this.out = out;
        this.console = console;
        this.show = show;
    }

    /** Gives the exit code. */
    int run() throws IOException {
        AnalyticsClient client = new AnalyticsClient(analytics);
        long before = client.acceptedEvents();
        Played played = play();
        show.played(played);
        long after = client.acceptedEvents();
        show.ingest(played, after - before);
        Judgement judgement = new Judgement(world);
        Verifier verifier = judgement.against(client, after);
        show.figures(world, judgement, verifier);
        long begun = System.nanoTime();
        Verdict verdict = Judgement.with(verifier.verify(), played, before, after);
        console.verdict(verdict, Show.since(begun, System.nanoTime()));
        return verdict.agrees() ? Exit.AGREES : Exit.DIFFERS;
    }

    private Played play() throws IOException {
        Path spool = Files.createTempDirectory("milepost-spool-");
        try {
            return new Playback(world, analytics, spool, System::nanoTime)
                    .play(PATIENCE, Terminal.progress(out, "events played"));
        } finally {
            Out.delete(spool);
        }
    }
}
