package io.milepost.analytics.audit;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.journal.BlockArchive;
import io.milepost.analytics.journal.IntakeTotals;
import io.milepost.analytics.journal.Journal;
import io.milepost.analytics.measure.JourneyFigures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether every law holds, on the cells as they are kept. Beside the running service: it takes the readers' lock
 * for one part of one journey at a time, so that what it looks at together belongs together. Any number of threads.
 */
public final class Audit {

    private final JourneyLaws laws;
    private final Journal journal;
    private final Clock clock;
    private final JournalSample sample;
    private final ReentrantLock running = new ReentrantLock(true);
    private final AtomicLong begun = new AtomicLong();
    private volatile @Nullable AuditReport last;

    /**
     * @param random chooses the sample
     * @param users computed anew from the journal each time, at most
     */
    Audit(
            CellProjection projection,
            JourneyFigures figures,
            Journal journal,
            BlockArchive archive,
            Clock clock,
            RandomGenerator random,
            int users) {
        this.laws = new JourneyLaws(projection, figures);
        this.journal = journal;
        this.clock = clock;
        this.sample = new JournalSample(projection, archive, random, users);
    }

    /**
     * Audits all that was projected when it was called. One runs at a time; who waited while another began and ended gets
     * its report. Takes about as long as to read all cells once.
     */
    public AuditReport run() {
        long before = begun.get();
        running.lock();
        try {
            AuditReport known = last;
            if (known != null && begun.get() > before) {
                return known;
            }
            begun.incrementAndGet();
            AuditReport report = look();
            last = report;
            return report;
        } finally {
            running.unlock();
        }
    }

    /** What the last one found; empty = none yet. Costs nothing. */
    public Optional<AuditReport> last() {
        return Optional.ofNullable(last);
    }

    private AuditReport look() {
        Instant now = clock.instant();
        long projected = journal.freshness().projectedEvents();
        Findings findings = new Findings();
        laws.check(now, findings);
        intake(findings);
        int sampled = sample.check(findings);
        List<LawReport> reports = findings.reports();
        return new AuditReport(
                reports.stream().allMatch(law -> law.violationCount() == 0),
                now,
                Math.max(0, Duration.between(now, clock.instant()).toMillis()),
                projected,
                sampled,
                reports);
    }

    private void intake(Findings findings) {
        IntakeTotals totals = journal.totals();
        findings.equal(
                Law.RECEIVED_EVENTS,
                "since the start",
                "received",
                totals.received(),
                "accepted " + totals.accepted() + " + duplicates " + totals.duplicates() + " + rejected "
                        + totals.rejected(),
                totals.accepted() + totals.duplicates() + totals.rejected());
        Journal.Kept kept = journal.kept();
        findings.equal(
                Law.EVENTS_KNOWN_ONCE,
                "journal",
                "stored events",
                kept.storedEvents(),
                "known identities",
                kept.identities());
    }
}
