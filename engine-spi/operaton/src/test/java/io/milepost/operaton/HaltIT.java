package io.milepost.operaton;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.JourneyDefined;
import io.milepost.spi.JourneyEvent.MessageSent;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.history.HistoricActivityInstance;

/**
 * Engines that are halted in the middle of their work, again and again on the same database, against that database. It is
 * PostgreSQL, which outlives them: one embedded in the engine's process is halted with it, and then has to be right itself.
 */
@Timeout(7_200)
class HaltIT {
    private static final int HALTS = Integer.getInteger("milepost.halts", 3);
    private static final long SEED = 20_261_122;

    private final Path folder;
    private final Path errors;

    HaltIT(@TempDir Path folder) {
        this.folder = folder;
        this.errors = folder.resolve("errors.txt");
    }

    @Test
    void strictModeLosesNothingAndTellsNothingThatWasNotCommitted() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                AnalyticsServer analytics = new AnalyticsServer()) {
            String database = postgres.getJdbcUrl("postgres", "postgres");
            haltAgainAndAgain(analytics, database, true);
            JourneysPlugin plugin = HaltingEngine.plugin(analytics.address(), folder.resolve("spool"), true);
            ProcessEngine engine = HaltingEngine.build(plugin, database, false);
            assertThat(plugin.flush(Duration.ofSeconds(60))).isTrue();
            agreesWithTheHistory(analytics, plugin);
            Set<String> mails = mailsOf(engine);
            Set<String> sent = mailsTold(analytics);
            assertThat(without(mails, sent)).as("messages lost").isEmpty();
            assertThat(without(sent, mails)).as("messages nobody sent").isEmpty();
            engine.close();
            plugin.close();
        }
    }

    @Test
    void inDefaultModeTheHistoryHealsWhatTheHaltsTook() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                AnalyticsServer analytics = new AnalyticsServer()) {
            String database = postgres.getJdbcUrl("postgres", "postgres");
            haltAgainAndAgain(analytics, database, false);
            JourneysPlugin plugin = HaltingEngine.plugin(analytics.address(), folder.resolve("spool"), false);
            ProcessEngine engine = HaltingEngine.build(plugin, database, false);
            awaitReconciled(plugin);
            agreesWithTheHistory(analytics, plugin);
            Set<String> mails = mailsOf(engine);
            Set<String> sent = mailsTold(analytics);
            System.out.printf(
                    "of %d messages %d were lost%n",
                    mails.size(), without(mails, sent).size());
            assertThat(without(sent, mails)).as("messages nobody sent").isEmpty();
            engine.close();
            plugin.close();
        }
    }

    private static void awaitReconciled(JourneysPlugin plugin) throws InterruptedException {
        for (int tries = 0; plugin.diagnostics().count("reconciling") > 0 && tries < 600; tries++) {
            assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(plugin.diagnostics().lastFailure()).isNull();
        assertThat(plugin.installed().capture().context().sink().flush(Duration.ofSeconds(60)))
                .isTrue();
    }

    private void haltAgainAndAgain(AnalyticsServer analytics, String database, boolean strict) throws Exception {
        for (int halt = 0; halt < HALTS; halt++) {
            workAndHalt(analytics, database, strict, SEED + halt);
        }
    }

    private void agreesWithTheHistory(AnalyticsServer analytics, JourneysPlugin plugin) {
        Set<String> theirs = history(plugin);
        Set<String> ours = ids(analytics, event -> !(event instanceof JourneyDefined || event instanceof MessageSent));
        System.out.printf("%d halts, %d events of the history%n", HALTS, theirs.size());
        assertThat(theirs).hasSizeGreaterThan(100 * HALTS);
        assertThat(without(theirs, ours)).as(() -> "lost; " + errors()).isEmpty();
        assertThat(without(ours, theirs)).as(() -> "ghosts; " + errors()).isEmpty();
        assertThat(analytics.conflicts).as("told again as another event").isEmpty();
    }

    private static Set<String> mailsOf(ProcessEngine engine) {
        return engine.getHistoryService().createHistoricActivityInstanceQuery().activityId("mail").list().stream()
                .filter(visit -> visit.getEndTime() != null && !visit.isCanceled())
                .map(HistoricActivityInstance::getId)
                .collect(Collectors.toSet());
    }

    private static Set<String> mailsTold(AnalyticsServer analytics) {
        return analytics.events.values().stream()
                .filter(MessageSent.class::isInstance)
                .map(event -> ((MessageSent) event).message().messageId())
                .collect(Collectors.toSet());
    }

    /** What the engine's own history says happened. */
    private static Set<String> history(JourneysPlugin plugin) {
        Set<String> ids = new ConcurrentSkipListSet<>();
        new HistoryReplay(plugin.installed().capture(), plugin.engine())
                .replay(Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"), batch -> batch.events()
                        .forEach(event -> ids.add(event.id())));
        return ids;
    }

    private static Set<String> ids(AnalyticsServer analytics, Predicate<JourneyEvent> wanted) {
        return analytics.events.values().stream()
                .filter(wanted)
                .map(JourneyEvent::id)
                .collect(Collectors.toSet());
    }

    private static Set<String> without(Set<String> these, Set<String> those) {
        Set<String> rest = new TreeSet<>(these);
        rest.removeAll(those);
        return rest;
    }

    private void workAndHalt(AnalyticsServer analytics, String database, boolean strict, long seed)
            throws IOException, InterruptedException {
        Process engine = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HaltingEngine.class.getName(),
                        database,
                        folder.resolve("spool").toString(),
                        analytics.address(),
                        Boolean.toString(strict),
                        Long.toString(seed))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        try {
            assertThat(engine.waitFor(10, TimeUnit.MINUTES)).isTrue();
            assertThat(engine.exitValue()).as(this::errors).isEqualTo(HaltingEngine.HALTED);
        } finally {
            engine.destroyForcibly();
        }
    }

    /** What the halted processes had to say. */
    private String errors() {
        try {
            return Files.exists(errors) ? Files.readString(errors) : "";
        } catch (IOException e) {
            return e.toString();
        }
    }
}
