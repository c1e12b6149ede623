package io.milepost.analytics.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpStatus;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerShutdownEvent;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import io.milepost.analytics.problem.Problem;
import io.milepost.analytics.problem.ProblemException;
import io.milepost.analytics.store.AccountStore;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders reports when they are due. A due time has one report, whose id follows from it: so a halt between its order and
 * the note that it was ordered makes no second one. Any number of threads.
 */
@Singleton
final class ReportSchedules {

    private static final Logger LOG = LoggerFactory.getLogger(ReportSchedules.class);

    private final KeptFiles files;
    private final ReportJobs jobs;
    private final ReportSettings settings;
    private final AccountStore accounts;
    private final TaskScheduler scheduler;
    private final Clock clock;
    private final Supplier<String> ids;
    private final Map<String, ReportSchedule> schedules = new HashMap<>();
    private final Lock looking = new ReentrantLock();
    private volatile boolean ended;

    ReportSchedules(
            @Property(name = "milepost.data-dir", defaultValue = "./milepost-data") String dataFolder,
            ObjectMapper json,
            ReportJobs jobs,
            ReportSettings settings,
            AccountStore accounts,
            @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler,
            Clock clock,
            @Named("report-ids") Supplier<String> ids) {
        this.files = new KeptFiles(Path.of(dataFolder).resolve("reports").resolve("schedules"), json);
        this.jobs = jobs;
        this.settings = settings;
        this.accounts = accounts;
        this.scheduler = scheduler;
        this.clock = clock;
        this.ids = ids;
        files.all(ReportSchedule.class).forEach(schedule -> schedules.put(schedule.id(), schedule));
    }

    /**
     * Sets up a schedule; durable once it returns.
     *
     * @throws ProblemException where it is not as expected, its report would be refused, or there are as many as may be
     */
    ReportSchedule add(JsonNode body) {
        Instant now = clock.instant();
        ReportSchedule schedule = ReportSchedule.of(body, ids.get(), now);
        requireRoom();
        jobs.check(schedule.order(now, zone()));
        return keep(schedule).shown(zone());
    }

    private synchronized ReportSchedule keep(ReportSchedule schedule) {
        requireRoom();
        files.describe(schedule.id(), schedule);
        schedules.put(schedule.id(), schedule);
        return schedule;
    }

    private synchronized void requireRoom() {
        if (schedules.size() >= settings.schedules()) {
            throw new ProblemException(Problem.of(
                    HttpStatus.CONFLICT,
                    "too-many-schedules",
                    "Too many schedules",
                    "There may be " + settings.schedules() + " schedules: delete one first."));
        }
    }

    private ZoneId zone() {
        return accounts.account().zone();
    }

    /** By when they were set up. */
    List<ReportSchedule> all() {
        ZoneId zone = zone();
        return kept().stream().map(schedule -> schedule.shown(zone)).toList();
    }

    private synchronized List<ReportSchedule> kept() {
        return schedules.values().stream()
                .sorted(Comparator.comparing(ReportSchedule::createdAt).thenComparing(ReportSchedule::id))
                .toList();
    }

    synchronized Optional<ReportSchedule> find(String id) {
        return Optional.ofNullable(schedules.get(id)).map(schedule -> schedule.shown(zone()));
    }

    /** Reports that it has ordered stay. */
    synchronized void delete(String id) {
        files.delete(id);
        schedules.remove(id);
    }

    /** From then on there is somebody to ask. */
    @EventListener
    void begin(ServerStartupEvent started) {
        scheduler.scheduleWithFixedDelay(settings.look(), settings.look(), this::look);
    }

    /** Waits for the look that is under way: none goes on while what it needs is taken down. */
    @EventListener
    void end(ServerShutdownEvent stopped) {
        ended = true;
        looking.lock();
        looking.unlock();
    }

    private void look() {
        looking.lock();
        try {
            kept().stream().takeWhile(schedule -> !ended).forEach(this::tryLook);
        } finally {
            looking.unlock();
        }
    }

    private void tryLook(ReportSchedule schedule) {
        try {
            look(schedule);
        } catch (RuntimeException e) {
            LOG.warn("the report of schedule {} could not be ordered yet", schedule.id(), e);
        }
    }

    private void look(ReportSchedule schedule) {
        ZoneId zone = zone();
        Instant due = schedule.due(clock.instant(), zone);
        if (due != null && isOrdered(schedule, due, zone)) {
            ran(schedule.id(), due);
        }
    }

    /** False = not now, the next look tries again. */
    private boolean isOrdered(ReportSchedule schedule, Instant due, ZoneId zone) {
        String reportId = schedule.reportId(due);
        if (jobs.find(reportId).isPresent()) {
            return true;
        }
        ReportOrder order = schedule.order(due, zone);
        try {
            jobs.order(reportId, schedule.id(), order);
            return true;
        } catch (ProblemException e) {
            int status = e.problem().status();
            if (status == HttpStatus.TOO_MANY_REQUESTS.getCode()
                    || status == HttpStatus.SERVICE_UNAVAILABLE.getCode()) {
                return false;
            }
            jobs.keepRefused(
                    reportId, schedule.id(), order, String.valueOf(e.problem().detail()));
            return true;
        }
    }

    /** One that was deleted meanwhile stays so. */
    private synchronized void ran(String id, Instant due) {
        ReportSchedule schedule = schedules.get(id);
        if (schedule != null) {
            ReportSchedule ran = schedule.ran(due);
            files.describe(id, ran);
            schedules.put(id, ran);
        }
    }
}
