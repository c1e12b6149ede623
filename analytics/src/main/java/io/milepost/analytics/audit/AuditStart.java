package io.milepost.analytics.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.milepost.analytics.journal.Journal;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Audits from time to time once the journal is replayed, and lets the last result be seen. */
@Singleton
final class AuditStart implements ApplicationEventListener<ServerStartupEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(AuditStart.class);

    private final Audit audit;
    private final Journal journal;
    private final Duration interval;
    private final Clock clock;
    private final MeterRegistry meters;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "audit");

    AuditStart(Audit audit, Journal journal, AuditSettings settings, Clock clock, MeterRegistry meters) {
        this.audit = audit;
        this.journal = journal;
        this.interval = settings.interval();
        this.clock = clock;
        this.meters = meters;
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        gauge("violations", "How often the last audit found that a law does not hold", AuditReport::violations);
        gauge("checked", "How often the last audit looked at a law", AuditReport::checked);
        gauge("took.seconds", "How long the last audit took", report -> report.tookMillis() / 1e3);
        gauge(
                "age.seconds",
                "How long ago the last audit began",
                report -> Duration.between(report.checkedAt(), clock.instant()).toMillis() / 1e3);
        if (!interval.isZero()) {
            journal.opened().thenRun(this::start);
        }
    }

    private void gauge(String name, String description, ToDoubleFunction<AuditReport> value) {
        Gauge.builder("milepost.audit." + name, audit, of -> of.last()
                        .map(value::applyAsDouble)
                        .orElse(Double.NaN))
                .description(description)
                .register(meters);
    }

    private synchronized void start() {
        if (closing.getCount() > 0) {
            thread.start();
        }
    }

    private void run() {
        try {
            while (!closing.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                audit();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void audit() {
        try {
            AuditReport report = audit.run();
            report.laws().stream()
                    .filter(law -> law.violationCount() > 0)
                    .forEach(law -> LOG.error(
                            "the figures contradict each other: law {} does not hold in {} of {} looks; see /v1/audit",
                            law.id(),
                            law.violationCount(),
                            law.checked()));
        } catch (RuntimeException e) {
            LOG.warn("no audit this time: {}", e.getMessage(), e);
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        synchronized (this) {
            closing.countDown();
        }
        thread.join();
    }
}
