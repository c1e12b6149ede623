package io.milepost.simulator.cli;

import io.milepost.simulator.engine.Course;
import io.milepost.simulator.replay.CsvLog;
import io.milepost.simulator.replay.EventLog;
import io.milepost.simulator.replay.LogCount;
import io.milepost.simulator.replay.LogCourse;
import io.milepost.simulator.replay.LogJourney;
import io.milepost.simulator.replay.LogRow;
import io.milepost.simulator.replay.Times;
import io.milepost.simulator.replay.XesLog;
import io.milepost.simulator.report.Console;
import io.milepost.simulator.report.Figures;
import io.milepost.simulator.scenario.Scenario.Faults;
import io.milepost.simulator.verify.AnalyticsClient;
import io.milepost.simulator.verify.LogVerifier;
import io.milepost.spi.EventSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        description =
                "Plays a real log to analytics and judges it: CSV, XES or CloudEvents NDJSON, also packed with gzip."
                        + " A case becomes an entry, an activity a visit.")
final class ReplayCommand implements Callable<Integer> {

    private enum Format {
        CSV,
        XES,
        NDJSON
    }

    /** Nanoseconds since 1970 go no farther back in 64 bits. */
    private static final Instant EARLIEST = Instant.parse("1678-01-01T00:00:00Z");

    @Parameters(paramLabel = "FILE", description = "The log.")
    private Path file = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "csv, xes or ndjson (default: by the file's name).")
    private @Nullable Format format;

    @Option(names = "--url", paramLabel = "URL", description = "Where analytics is (default: http://127.0.0.1:8080).")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(names = "--journey", paramLabel = "ID", description = "Id of the journey (default: the file's name).")
    private @Nullable String journey;

    @Option(names = "--case", paramLabel = "COLUMN", description = "CSV: tells one pass from another (default: case).")
    private String caseId = "case";

    @Option(names = "--activity", paramLabel = "COLUMN", description = "CSV: the step (default: activity).")
    private String activity = "activity";

    @Option(names = "--time", paramLabel = "COLUMN", description = "CSV: ISO 8601 (default: time).")
    private String time = "time";

    @Option(names = "--user", paramLabel = "COLUMN|KEY", description = "Who went (default: the case).")
    private @Nullable String user;

    @Option(names = "--run", paramLabel = "COLUMN", description = "CSV: tells the runs of an activity in a case apart.")
    private @Nullable String run;

    @Option(names = "--phase", paramLabel = "COLUMN", description = "CSV: start or complete.")
    private @Nullable String phase;

    @Option(
            names = "--time-format",
            paramLabel = "PATTERN",
            description =
                    "How times are written, e.g. 'dd.MM.yyyy HH:mm', or seconds or millis since 1970 (default: ISO 8601).")
    private @Nullable String timeFormat;

    @Option(
            names = "--charset",
            paramLabel = "NAME",
            description = "CSV: what it is written in, e.g. windows-1252 (default: UTF-8).")
    private Charset charset = StandardCharsets.UTF_8;

    @Option(
            names = "--separator",
            paramLabel = "CHARACTER",
            description = "CSV: between two columns (default: a comma).")
    private char separator = ',';

    @Option(names = "--zone", paramLabel = "ZONE", description = "Of times without an offset (default: UTC).")
    private ZoneId zone = ZoneId.of("UTC");

    @Option(names = "--shuffle", description = "Events come in no order at all.")
    private boolean shuffle;

    @Option(names = "--duplicate", paramLabel = "SHARE", description = "Share of events sent twice, 0 to 1.")
    private double duplicate;

    @Option(names = "--disorder", paramLabel = "SHARE", description = "Share of events held back behind later ones.")
    private double disorder;

    @Option(
            names = "--late",
            paramLabel = "SHARE",
            description = "Share of events held back for days of the log's time.")
    private double late;

    @Option(names = "--seed", paramLabel = "NUMBER", description = "Decides all chance (default: 42).")
    private long seed = 42;

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
        PrintWriter out = Out.of(spec);
        Console console = Terminal.console(out);
        Faults faults = Faults.of(
                share("duplicate", duplicate), share("disorder", disorder), share("late", late), Duration.ofDays(2), 0);
        Format kind = format == null ? byName() : format;
        if (kind == Format.NDJSON) {
            EventLog.Told told = new EventLog(file).read();
            String uri = told.lives().values().iterator().next().get(0).source();
            Course course =
                    new LogCourse(new EventSource(uri), told.definitions(), told.lives(), zone, faults, seed, shuffle);
            past(course);
            title(console);
            return new Trial(course, url, out, console).reportedTo(report).run();
        }
        return rows(kind, faults, out, console);
    }

    private int rows(Format kind, Faults faults, PrintWriter out, Console console) throws IOException {
        List<LogRow> rows = kind == Format.CSV
                ? new CsvLog(
                                file,
                                new CsvLog.Columns(caseId, activity, time, user, run, phase),
                                separator,
                                charset,
                                times())
                        .read()
                : new XesLog(file, user, times()).read();
        if (rows.isEmpty()) {
            throw new UseException(file + " has no rows: there is nothing to play");
        }
        String id = journey == null ? baseName() : journey;
        EventSource source = new EventSource("/simulator/replay/" + AnalyticsClient.encoded(id));
        LogJourney log = new LogJourney(source, id, rows);
        LogCount count = new LogCount(rows);
        Course course = new LogCourse(source, List.of(log.definition()), log.lives(), zone, faults, seed, shuffle);
        past(course);
        title(console);
        console.line(
                "log",
                Figures.grouped(rows.size()) + " rows · " + Figures.grouped(count.cases()) + " cases · "
                        + Figures.grouped(count.users()) + " users · "
                        + Figures.grouped(count.activities().size()) + " activities");
        return new Trial(course, url, out, console)
                .reportedTo(report)
                .run(accepted -> List.of(new LogVerifier(new AnalyticsClient(url), id, accepted).verify(count)));
    }

    private Times times() {
        try {
            return timeFormat == null ? new Times(zone) : Times.written(timeFormat, zone);
        } catch (IllegalArgumentException e) {
            throw new UseException(
                    "--time-format '" + timeFormat + "' is no pattern such as 'dd.MM.yyyy HH:mm': " + e.getMessage());
        }
    }

    private void title(Console console) {
        console.title("Milepost simulator", "replay of " + file.getFileName());
    }

    /** Refuses what analytics would. */
    private void past(Course course) {
        if (course.start().isBefore(EARLIEST)) {
            throw new UseException(file + " tells of " + course.start() + ", and analytics takes nothing before "
                    + EARLIEST + ". Is its time written as told?");
        }
        if (course.end().isAfter(InstantSource.system().instant())) {
            throw new UseException(file + " tells of " + course.end().minusMillis(1)
                    + ", which is still to come; analytics refuses such events. Is the --zone right?");
        }
    }

    private static double share(String option, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new UseException("--" + option + " should be from 0 to 1, not " + value);
        }
        return value;
    }

    private Format byName() {
        String name =
                String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).replaceAll("\\.gz$", "");
        if (name.endsWith(".csv")) {
            return Format.CSV;
        }
        if (name.endsWith(".xes") || name.endsWith(".xml")) {
            return Format.XES;
        }
        if (name.endsWith(".ndjson") || name.endsWith(".jsonl")) {
            return Format.NDJSON;
        }
        throw new UseException("what is " + file + "? Say --format csv, xes or ndjson");
    }

    private String baseName() {
        return String.valueOf(file.getFileName()).replaceAll("\\..*$", "");
    }
}
