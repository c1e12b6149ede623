package io.milepost.simulator.junit;

import io.milepost.simulator.engine.World;
import io.milepost.simulator.run.AnalyticsProcess;
import io.milepost.simulator.run.Judgement;
import io.milepost.simulator.run.Playback;
import io.milepost.simulator.run.Played;
import io.milepost.simulator.scenario.LoadedScenario;
import io.milepost.simulator.scenario.Scenario.Faults;
import io.milepost.simulator.scenario.ScenarioReader;
import io.milepost.simulator.verify.AnalyticsClient;
import io.milepost.simulator.verify.Difference;
import io.milepost.simulator.verify.Evidence;
import io.milepost.simulator.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts analytics from its jar, as a process with a folder of its own, plays a scenario to it before the first test of a
 * class, and ends it after the last:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final PlayedScenario shop = PlayedScenario.of("demo").on(Path.of("analytics.jar")).withUsers(200);
 *
 * @Test
 * void everyFigureIsRight() {
 *     shop.assertAgrees();
 *     assertEquals(212, shop.figures("welcome").count("entries"));
 * }
 * }</pre>
 *
 * For one class; settings before the first test, figures in tests and after.
 */
public final class PlayedScenario implements BeforeAllCallback, AfterAllCallback {

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int MOST_TOLD = 10;

    private final LoadedScenario ready;
    private Path jar = Path.of(System.getProperty("analytics.jar", "analytics/target/analytics.jar"));
    private long seed = 42;
    private Instant end = Instant.parse("2026-01-01T00:00:00Z");
    private LoadedScenario chosen;
    private @Nullable Session session;

    private record Session(
            AnalyticsProcess analytics,
            Path folder,
            World world,
            AnalyticsClient client,
            Played played,
            long before,
            long after,
            Judgement judgement) {}

    private PlayedScenario(LoadedScenario loaded) {
        ready = loaded;
        chosen = loaded;
    }

    /** A scenario that comes with the simulator, e.g. {@code onboarding}. */
    public static PlayedScenario of(String name) {
        return new PlayedScenario(ScenarioReader.builtIn(name));
    }

    /** A scenario of one's own; the diagrams it names lie beside it. */
    public static PlayedScenario of(Path file) {
        return new PlayedScenario(ScenarioReader.file(file));
    }

    /** @param analytics its jar (default: the system property {@code analytics.jar}) */
    public PlayedScenario on(Path analytics) {
        jar = analytics;
        return this;
    }

    /** So many people instead of the scenario's number. */
    public PlayedScenario withUsers(int users) {
        chosen = ready.with(chosen.scenario().withUsers(users));
        return this;
    }

    /** Decides all chance (default: 42). */
    public PlayedScenario withSeed(long number) {
        seed = number;
        return this;
    }

    /** Nothing is repeated, out of order or late. */
    public PlayedScenario withoutFaults() {
        chosen = ready.with(chosen.scenario().withFaults(Faults.NONE));
        return this;
    }

    /** When it ends, in the past (default: the beginning of 2026). */
    public PlayedScenario until(Instant instant) {
        end = instant;
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Path folder = Files.createTempDirectory("milepost-test-");
        World world = new World(chosen, seed, end);
        AnalyticsProcess analytics = AnalyticsProcess.start(jar, folder.resolve("data"), 0, START);
        try {
            AnalyticsClient client = new AnalyticsClient(analytics.url());
            long before = client.acceptedEvents();
            Played played = new Playback(world, analytics.url(), folder.resolve("spool"), () -> 0)
                    .play(PATIENCE, emitted -> {});
            long after = client.acceptedEvents();
            Judgement judgement = new Judgement(world, client.accountZone());
            session = new Session(analytics, folder, world, client, played, before, after, judgement);
        } catch (RuntimeException e) {
            analytics.close();
            throw e;
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        Session ended = session;
        if (ended != null) {
            session = null;
            ended.analytics.close();
            delete(ended.folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }

    private Session session() {
        return Objects.requireNonNull(
                session, "nothing is played yet: register the extension as a static field with @RegisterExtension");
    }

    /** Where analytics answers, for questions of one's own. */
    public AnalyticsClient analytics() {
        return session().client;
    }

    /** All that analytics says of a journey, by cohort. */
    public JourneyFigures figures(String journeyId) {
        Session now = session();
        var everything = now.judgement.everything(journeyId);
        var verifier = now.judgement.against(now.client, now.after);
        return new JourneyFigures(verifier.summaryOf(everything), verifier.nodesOf(everything));
    }

    /** The same as it should be. */
    public JourneyFigures truth(String journeyId) {
        Session now = session();
        var expected = now.judgement.truth().of(now.judgement.everything(journeyId));
        return new JourneyFigures(expected.summary(), expected.nodes());
    }

    /** Every figure and list in every scope the simulator knows to ask for, beside the truth. */
    public Verdict verdict() {
        Session now = session();
        Verdict verdict = now.judgement.against(now.client, now.after).verify();
        boolean interrupted = now.world.faults().cuts() > 0;
        return Judgement.with(verdict, now.played, interrupted, now.before, now.after);
    }

    /** @throws AssertionError with the first differences, the people and the events behind them */
    public void assertAgrees() {
        Verdict verdict = verdict();
        if (!verdict.agrees()) {
            throw new AssertionError(verdict.differences().size() + " figures differ from the truth of "
                    + session().world.source().uri() + ":\n"
                    + verdict.differences().stream()
                            .limit(MOST_TOLD)
                            .map(PlayedScenario::told)
                            .collect(Collectors.joining("\n")));
        }
    }

    private static String told(Difference difference) {
        return difference + "\n  " + difference.because()
                + difference.evidence().stream()
                        .map(Evidence::toString)
                        .map("\n  - "::concat)
                        .collect(Collectors.joining());
    }
}
