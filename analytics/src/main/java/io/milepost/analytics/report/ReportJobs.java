package io.milepost.analytics.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.HttpStatus;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import io.micronaut.scheduling.annotation.Scheduled;
import io.milepost.analytics.problem.Problem;
import io.milepost.analytics.problem.ProblemException;
import io.milepost.analytics.report.Report.State;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.mail.MessagingException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes reports: each is the download of a path, asked of this very service as anyone would ask, so that a report cannot
 * say anything else. Any number of threads.
 */
@Singleton
public final class ReportJobs {

    private static final Logger LOG = LoggerFactory.getLogger(ReportJobs.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final int MAILS_TRIED = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern UTF8_NAME = Pattern.compile("filename\\*=utf-8''([^;]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("filename=\"?([^\";]+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final ReportFolder folder;
    private final ReportSettings settings;
    private final ExecutorService writers;
    private final TaskScheduler scheduler;
    private final ObjectMapper json;
    private final Clock clock;
    private final Supplier<String> ids;
    private final Optional<ReportMail> mail;
    private final Map<String, Report> reports = new HashMap<>();
    private final Map<String, Source> running = new HashMap<>();
    private volatile @Nullable EmbeddedServer server;

    ReportJobs(
            ReportFolder folder,
            ReportSettings settings,
            @Named(TaskExecutors.BLOCKING) ExecutorService writers,
            @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler,
            ObjectMapper json,
            Clock clock,
            @Named("report-ids") Supplier<String> ids,
            Optional<ReportMail> mail) {
        this.folder = folder;
        this.settings = settings;
        this.writers = writers;
        this.scheduler = scheduler;
        this.json = json;
        this.clock = clock;
        this.ids = ids;
        this.mail = mail;
        folder.all().forEach(report -> reports.put(report.id(), report));
    }

    /** What a report is read from, and how much of it was. */
    private static final class Source {
        private final InputStream in;
        private volatile long bytes;

        Source(InputStream in) {
            this.in = in;
        }
    }

    /**
     * Begins a report.
     *
     * @throws ProblemException where the path refuses the order, or as many are being written as may be
     */
    Report order(ReportOrder order) {
        requireMail(order);
        return order(ids.get(), null, order);
    }

    /** Refuses what {@link #order(ReportOrder)} would refuse, but for the number of reports; begins nothing. */
    void check(ReportOrder order) {
        requireMail(order);
        HttpResponse<InputStream> answer = ask(order.shownPath());
        if (answer.statusCode() != HttpStatus.OK.getCode()) {
            throw refused(answer);
        }
        close(new Source(answer.body()));
    }

    private void requireMail(ReportOrder order) {
        if (order.mailTo() != null && mail.isEmpty()) {
            throw new ProblemException(
                    Problem.invalidBody("mailTo", "This service has no mail server: leave 'mailTo' out."));
        }
    }

    /**
     * Begins a report with that id, as a schedule orders it.
     *
     * @throws ProblemException where the path refuses the order, or as many are being written as may be
     */
    Report order(String id, @Nullable String scheduleId, ReportOrder order) {
        requireRoom();
        HttpResponse<InputStream> answer = ask(order.path());
        if (answer.statusCode() != HttpStatus.OK.getCode()) {
            throw refused(answer);
        }
        Report report = begun(id, scheduleId, order, fileName(answer));
        Source source = new Source(answer.body());
        begin(report, source);
        writers.execute(() -> write(report, source));
        return report;
    }

    private Report begun(String id, @Nullable String scheduleId, ReportOrder order, String fileName) {
        Instant now = clock.instant();
        Instant expires = now.plus(settings.keep());
        return new Report(id, State.RUNNING, order, fileName, 0, now, null, expires, null, null, scheduleId);
    }

    /** Keeps a report that a schedule ordered and the path refused, and tells of it as of any that failed. */
    synchronized void keepRefused(String id, String scheduleId, ReportOrder order, String why) {
        Report report = begun(id, scheduleId, order, "report");
        reports.put(id, report);
        finish(id, report.failed(why, clock.instant()));
    }

    private synchronized void requireRoom() {
        if (running.size() >= settings.atOnce()) {
            throw new ProblemException(
                    Problem.of(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "too-many-reports",
                            "Too many reports",
                            settings.atOnce() + " reports are being written, and no more may be at once."),
                    AGAIN);
        }
    }

    private synchronized void begin(Report report, Source source) {
        try {
            requireRoom();
            folder.keep(report);
        } catch (RuntimeException e) {
            close(source);
            throw e;
        }
        reports.put(report.id(), report);
        running.put(report.id(), source);
    }

    private EmbeddedServer server() {
        return Objects.requireNonNull(server, "the service has started");
    }

    private HttpResponse<InputStream> ask(String path) {
        URI uri = server().getURI().resolve(path);
        try {
            return client.send(
                    HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("a report could not be asked for", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while a report was asked for", e);
        }
    }

    private ProblemException refused(HttpResponse<InputStream> answer) {
        try (InputStream body = answer.body()) {
            return new ProblemException(json.readValue(body, Problem.class));
        } catch (IOException e) {
            throw new UncheckedIOException("a refusal could not be read", e);
        }
    }

    private static String fileName(HttpResponse<?> answer) {
        String disposition = answer.headers().firstValue("Content-Disposition").orElse("");
        Matcher exact = UTF8_NAME.matcher(disposition);
        if (exact.find()) {
            return URLDecoder.decode(exact.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
        }
        Matcher plain = NAME.matcher(disposition);
        return plain.find() ? plain.group(1) : "report";
    }

    private void write(Report report, Source source) {
        try {
            folder.write(report.id(), out -> source.in.transferTo(counting(out, source)));
            finish(report.id(), report.done(source.bytes, clock.instant()));
        } catch (RuntimeException e) {
            if (server().isRunning()) {
                LOG.warn("report {} could not be written", report.id(), e);
                finish(report.id(), report.failed("The service could not write the file.", clock.instant()));
            } else {
                LOG.info("report {} is written anew at the next start", report.id());
            }
        } finally {
            close(source);
        }
    }

    private static OutputStream counting(OutputStream out, Source source) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
                source.bytes += length;
            }
        };
    }

    /** One that was deleted meanwhile leaves nothing behind. */
    private synchronized void finish(String id, Report finished) {
        running.remove(id);
        Report known = reports.get(id);
        if (known != null && known.state() == State.RUNNING) {
            reports.put(id, finished);
            folder.keep(finished);
            writers.execute(() -> tell(id, MAILS_TRIED));
        } else if (known == null) {
            folder.delete(id);
        }
    }

    /** Mails that the report has ended; tries again where the server does not take it. */
    private void tell(String id, int tries) {
        Report report = find(id).filter(ReportJobs::isToBeMailed).orElse(null);
        if (report == null || mail.isEmpty()) {
            return;
        }
        String to = Objects.requireNonNull(report.order().mailTo());
        try {
            mail.get().send(to, report, link(report));
            mailed(id);
        } catch (MessagingException e) {
            LOG.warn("the mail about report {} was not taken, {} tries left", id, tries - 1, e);
            if (tries > 1) {
                scheduler.schedule(AGAIN, () -> tell(id, tries - 1));
            }
        }
    }

    private static boolean isToBeMailed(Report report) {
        return report.state() != State.RUNNING
                && report.mailedAt() == null
                && report.order().mailTo() != null;
    }

    private synchronized void mailed(String id) {
        Report report = reports.get(id);
        if (report != null) {
            Report mailed = report.mailed(clock.instant());
            reports.put(id, mailed);
            folder.keep(mailed);
        }
    }

    private String link(Report report) {
        String address = settings.address();
        URI base = address == null ? server().getURI() : URI.create(address);
        return base.resolve("/v1/reports/" + report.id() + "/file").toString();
    }

    private static void close(Source source) {
        try {
            source.in.close();
        } catch (IOException e) {
            LOG.debug("the source of a report did not close", e);
        }
    }

    /** Newest first. */
    synchronized List<Report> all() {
        sweep();
        return reports.values().stream()
                .map(this::soFar)
                .sorted(Comparator.comparing(Report::createdAt).reversed().thenComparing(Report::id))
                .toList();
    }

    synchronized Optional<Report> find(String id) {
        sweep();
        return Optional.ofNullable(reports.get(id)).map(this::soFar);
    }

    private Report soFar(Report report) {
        Source source = running.get(report.id());
        return source == null ? report : report.soFar(source.bytes);
    }

    Path file(Report report) {
        return folder.file(report.id());
    }

    /** Deletes a report, and stops it where it is being written. False = there is none. */
    synchronized boolean delete(String id) {
        Report report = reports.remove(id);
        Source source = running.get(id);
        if (source != null) {
            close(source);
        }
        folder.delete(id);
        return report != null;
    }

    /** Reports whose rows name users are gone or failed when this returns: one of the users is to be forgotten. */
    public synchronized void forgetPeople() {
        for (Report report : List.copyOf(reports.values())) {
            if (report.order().what().namesPeople()) {
                delete(report.id());
                Report failed = report.failed("A user was erased: order the report anew.", clock.instant());
                reports.put(report.id(), failed);
                folder.keep(failed);
            }
        }
    }

    @Scheduled(fixedDelay = "10m", initialDelay = "10m")
    synchronized void sweep() {
        Instant now = clock.instant();
        for (Report report : List.copyOf(reports.values())) {
            if (!now.isBefore(report.expiresAt())) {
                delete(report.id());
            }
        }
    }

    /** What was being written when the service ended is written anew, one after the other. */
    @EventListener
    void goOn(ServerStartupEvent started) {
        server = started.getSource();
        writers.execute(this::next);
        all().stream()
                .filter(ReportJobs::isToBeMailed)
                .forEach(report -> writers.execute(() -> tell(report.id(), MAILS_TRIED)));
    }

    private void next() {
        Report report = interrupted();
        if (report == null) {
            return;
        }
        HttpResponse<InputStream> answer = ask(report.order().path());
        if (answer.statusCode() == HttpStatus.OK.getCode()) {
            Source source = new Source(answer.body());
            resume(report, source);
            write(report, source);
            next();
        } else if (answer.statusCode() == HttpStatus.SERVICE_UNAVAILABLE.getCode()) {
            close(new Source(answer.body()));
            scheduler.schedule(AGAIN, this::next);
        } else {
            finish(
                    report.id(),
                    report.failed(String.valueOf(refused(answer).problem().detail()), clock.instant()));
            next();
        }
    }

    private synchronized void resume(Report report, Source source) {
        running.put(report.id(), source);
    }

    private synchronized @Nullable Report interrupted() {
        return reports.values().stream()
                .filter(report -> report.state() == State.RUNNING && !running.containsKey(report.id()))
                .findFirst()
                .orElse(null);
    }
}
