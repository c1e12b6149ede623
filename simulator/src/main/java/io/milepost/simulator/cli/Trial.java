package io.milepost.simulator.cli;

import io.milepost.simulator.engine.Course;
import io.milepost.simulator.report.Console;
import io.milepost.simulator.report.ReportFile;
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
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Plays a course to analytics, shows its figures beside the truth, and judges them. */
final class Trial {

    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Course course;
    private final AnalyticsClient analytics;
    private final PrintWriter out;
    private final Console console;
    private final Show show;
    private LongConsumer meanwhile = emitted -> {};
    private boolean interrupted;
    private double speed;
    private long rows = Verifier.USUAL_ROWS;
    private @Nullable ReportFile report;

    Trial(Course course, URI analytics, PrintWriter out, Console console) {
        this.course = course;
        this.analytics = new AnalyticsClient(analytics);
        this.out = out;
        this.console = console;
        this.show = new Show(console);
        this.interrupted = course.faults().cuts() > 0;
    }

    /** Has the verdict written there too. */
    Trial reportedTo(@Nullable Path file) {
        report = file == null ? null : new ReportFile(file);
        return this;
    }

    /** Compares longer lists by their number of rows alone. */
    Trial withRowsUpTo(long most) {
        rows = most;
        return this;
    }

    /** Has this done now and then while it plays, on the playing thread; it ends and starts analytics. */
    Trial interruptedBy(LongConsumer work) {
        meanwhile = work;
        interrupted = true;
        return this;
    }

    /** Gives the exit code. */
    int run() throws IOException {
        return run(accepted -> List.of());
    }

    /** As {@link #run()}, with what else there is to be asked once that many events are accepted. */
    int run(LongFunction<List<Verdict>> more) throws IOException {
        long before = analytics.acceptedEvents();
        Played played = play();
        show.played(played);
        long after = analytics.acceptedEvents();
        show.ingest(played, after - before);
        Judgement judgement = new Judgement(course, analytics.accountZone(), Terminal.progress(out, "people judged"));
        Verifier verifier = judgement
                .against(analytics, after)
                .withRowsUpTo(rows)
                .tellingTo(Terminal.progress(out, "answers compared"));
        show.figures(course, judgement, verifier);
        long begun = System.nanoTime();
        Verdict verdict = Judgement.with(verifier.verify(), played, interrupted, before, after);
        for (Verdict other : more.apply(after)) {
            verdict = verdict.and(other);
        }
        console.verdict(verdict, Show.since(begun, System.nanoTime()));
        if (report != null) {
            report.write(course.source().uri(), verdict, () -> Pages.of(course, judgement, verifier));
        }
        return verdict.agrees() ? Exit.AGREES : Exit.DIFFERS;
    }

    /** Lets virtual time pass no faster than so many times real time; 0 = as fast as it goes. */
    Trial atSpeed(double times) {
        speed = times;
        return this;
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while playing", e);
        }
    }

    private Played play() throws IOException {
        Path spool = Files.createTempDirectory("milepost-spool-");
        try {
            return new Playback(course, analytics.base(), spool, System::nanoTime)
                    .atSpeed(speed, Trial::pause)
                    .play(PATIENCE, Terminal.progress(out, "events played").andThen(meanwhile));
        } finally {
            Out.delete(spool);
        }
    }
}
