package io.milepost.engines;

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

/**
 * Engines that are halted in the middle of their work, again and again on the same database, against that database. It is
 * PostgreSQL, which outlives them: one embedded in the engine's process is halted with it, and then has to be right itself.
 */
@Timeout(7_200)
public abstract class HaltContract {
    private static final int HALTS = Integer.getInteger("milepost.halts", 3);
    private static final long SEED = 20_261_122;

    private final Path folder;
    private final Path errors;

    protected HaltContract(@TempDir Path folder) {
        this.folder = folder;
        this.errors = folder.resolve("errors.txt");
    }

    /** Whose {@code main} takes {@link HaltingSettings} and {@linkplain HaltingWork works} until it halts. */
    protected abstract Class<?> halting();

    /** Started once more, and without work. */
    protected abstract HaltedEngine restart(HaltingSettings settings);

    @Test
    final void strictModeLosesNothingAndTellsNothingThatWasNotCommitted() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                AnalyticsServer analytics = new AnalyticsServer()) {
            haltAgainAndAgain(settings(postgres, analytics, true));
            try (HaltedEngine engine = restart(settings(postgres, analytics, true))) {
                assertThat(engine.awaitArrival(Duration.ofSeconds(60))).isTrue();
                agreesWithTheHistory(analytics, engine);
                Set<String> mails = engine.mails();
                Set<String> sent = mailsTold(analytics);
                assertThat(without(mails, sent)).as("messages lost").isEmpty();
                assertThat(without(sent, mails)).as("messages nobody sent").isEmpty();
            }
        }
    }

    @Test
    final void inDefaultModeTheHistoryHealsWhatTheHaltsTook() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                AnalyticsServer analytics = new AnalyticsServer()) {
            haltAgainAndAgain(settings(postgres, analytics, false));
            Set<String> before = pastTold(analytics);
            try (HaltedEngine engine = restart(settings(postgres, analytics, false))) {
                awaitReconciled(engine);
                agreesWithTheHistory(analytics, engine);
                Set<String> mails = engine.mails();
                Set<String> sent = mailsTold(analytics);
                System.out.printf(
                        "of %d messages %d were lost; the last start healed or delivered %d events%n",
                        mails.size(),
                        without(mails, sent).size(),
                        without(pastTold(analytics), before).size());
                assertThat(without(sent, mails)).as("messages nobody sent").isEmpty();
            }
        }
    }

    private static void awaitReconciled(HaltedEngine engine) throws InterruptedException {
        for (int tries = 0; engine.diagnostics().count("reconciling") > 0 && tries < 600; tries++) {
            assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(engine.diagnostics().lastFailure()).isNull();
        assertThat(engine.diagnostics().count("reconciled")).isPositive();
        assertThat(engine.awaitArrival(Duration.ofSeconds(60))).isTrue();
    }

    private HaltingSettings settings(EmbeddedPostgres postgres, AnalyticsServer analytics, boolean strict) {
        return new HaltingSettings(
                postgres.getJdbcUrl("postgres", "postgres"),
                folder.resolve("spool"),
                analytics.address(),
                strict,
                SEED);
    }

    private void haltAgainAndAgain(HaltingSettings settings) throws Exception {
        for (int halt = 0; halt < HALTS; halt++) {
            workAndHalt(settings.withSeed(SEED + halt));
        }
    }

    private void agreesWithTheHistory(AnalyticsServer analytics, HaltedEngine engine) {
        Set<String> theirs = history(engine);
        Set<String> ours = pastTold(analytics);
        System.out.printf("%d halts, %d events of the history%n", HALTS, theirs.size());
        assertThat(theirs).hasSizeGreaterThan(100 * HALTS);
        assertThat(without(theirs, ours)).as(() -> "lost; " + errors()).isEmpty();
        assertThat(without(ours, theirs)).as(() -> "ghosts; " + errors()).isEmpty();
        assertThat(analytics.conflicts()).as("told again as another event").isEmpty();
    }

    private static Set<String> mailsTold(AnalyticsServer analytics) {
        return analytics.events().values().stream()
                .filter(MessageSent.class::isInstance)
                .map(event -> ((MessageSent) event).message().messageId())
                .collect(Collectors.toSet());
    }

    /** What the engine's own history says happened. */
    private static Set<String> history(HaltedEngine engine) {
        Set<String> ids = new ConcurrentSkipListSet<>();
        engine.history().replay(Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"), batch -> batch.events()
                .forEach(event -> ids.add(event.id())));
        return ids;
    }

    private static Set<String> pastTold(AnalyticsServer analytics) {
        Predicate<JourneyEvent> past = event -> !(event instanceof JourneyDefined || event instanceof MessageSent);
        return analytics.events().values().stream()
                .filter(past)
                .map(JourneyEvent::id)
                .collect(Collectors.toSet());
    }

    private static Set<String> without(Set<String> these, Set<String> those) {
        Set<String> rest = new TreeSet<>(these);
        rest.removeAll(those);
        return rest;
    }

    private void workAndHalt(HaltingSettings settings) throws IOException, InterruptedException {
        Process engine = new ProcessBuilder(settings.command(halting()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        try {
            assertThat(engine.waitFor(10, TimeUnit.MINUTES)).isTrue();
            assertThat(engine.exitValue()).as(this::errors).isEqualTo(HaltingWork.HALTED);
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
