package io.milepost.simulator.cli;

import io.milepost.simulator.engine.World;
import io.milepost.simulator.scenario.LoadedScenario;
import io.milepost.simulator.scenario.Scenario;
import io.milepost.simulator.scenario.Scenario.Faults;
import io.milepost.simulator.scenario.ScenarioReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What decides a world. */
final class WorldOptions {

    @Option(
            names = "--scenario",
            paramLabel = "NAME|FILE",
            description = "A scenario file, or the name of one that comes with the simulator (default: demo).")
    private String scenario = "demo";

    @Option(names = "--seed", paramLabel = "NUMBER", description = "Decides everything that is random (default: 42).")
    private long seed = 42;

    @Option(
            names = "--users",
            paramLabel = "COUNT",
            description = "How many people there are, instead of the scenario's number.")
    private @Nullable Integer users;

    @Option(
            names = "--weeks",
            paramLabel = "COUNT",
            description = "How much virtual time passes, instead of the scenario's.")
    private @Nullable Integer weeks;

    @Option(
            names = "--until",
            paramLabel = "INSTANT",
            description = "When it ends, e.g. 2026-03-31T12:00:00Z (default: the last full hour).")
    private @Nullable String until;

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            description =
                    "Put before the ids of journeys and people, for an analytics that has others of the scenario.")
    private String prefix = "";

    @Option(names = "--no-faults", description = "Nothing is repeated, out of order or late.")
    private boolean withoutFaults;

    @Option(names = "--duplicates", paramLabel = "SHARE", description = "Share of batches sent twice.")
    private @Nullable Double duplicates;

    @Option(names = "--disorder", paramLabel = "SHARE", description = "Share of batches held back behind later ones.")
    private @Nullable Double disorder;

    @Option(names = "--late", paramLabel = "SHARE", description = "Share of batches held back for days.")
    private @Nullable Double late;

    @Option(names = "--lost", paramLabel = "SHARE", description = "Share of events the engine never tells.")
    private @Nullable Double lost;

    @Option(names = "--split", paramLabel = "SHARE", description = "Share of transactions whose events travel apart.")
    private @Nullable Double split;

    @Option(
            names = "--skew",
            paramLabel = "DURATION",
            description = "By how much the clocks of the engine's nodes are ahead and behind, e.g. PT3S.")
    private @Nullable String skew;

    @Option(names = "--senders", paramLabel = "COUNT", description = "How many send in turn.")
    private @Nullable Integer senders;

    @Option(names = "--batch", paramLabel = "EVENTS", description = "Events in a body at most.")
    private @Nullable Integer batch;

    @Option(names = "--cuts", paramLabel = "COUNT", description = "How often the line to analytics is cut.")
    private @Nullable Integer cuts;

    World world(InstantSource clock) {
        LoadedScenario loaded = load();
        Scenario chosen = loaded.scenario();
        chosen = users == null ? chosen : chosen.withUsers(atLeastOne("--users", users));
        chosen = weeks == null ? chosen : chosen.withWeeks(atLeastOne("--weeks", weeks));
        chosen = chosen.withFaults(faults(withoutFaults ? Faults.NONE : chosen.faults()));
        return new World(
                loaded.with(chosen),
                seed,
                prefix,
                end(clock),
                Runtime.getRuntime().availableProcessors());
    }

    private LoadedScenario load() {
        Path file = Path.of(scenario);
        return Files.exists(file) || scenario.endsWith(".yaml") || scenario.endsWith(".yml")
                ? ScenarioReader.file(file)
                : ScenarioReader.builtIn(scenario);
    }

    private Faults faults(Faults base) {
        return new Faults(
                share("--duplicates", duplicates, base.duplicates()),
                share("--disorder", disorder, base.disorder()),
                share("--late", late, base.late()),
                base.lateBy(),
                share("--lost", lost, base.lost()),
                share("--split", split, base.split()),
                skew == null ? base.skew() : skew(),
                senders == null ? base.senders() : atLeastOne("--senders", senders),
                batch == null ? base.batch() : atLeastOne("--batch", batch),
                cuts == null ? base.cuts() : cuts);
    }

    private static double share(String option, @Nullable Double given, double otherwise) {
        if (given == null) {
            return otherwise;
        }
        if (!(given >= 0 && given <= 1)) {
            throw new UseException(option + " should be from 0 to 1, not " + given);
        }
        return given;
    }

    private Duration skew() {
        try {
            Duration given = Duration.parse(String.valueOf(skew));
            if (!given.isNegative()) {
                return given;
            }
        } catch (DateTimeParseException e) {
            throw new UseException("--skew should be a duration such as PT3S, not '" + skew + "'");
        }
        throw new UseException("--skew should not be negative");
    }

    private static int atLeastOne(String option, int value) {
        if (value < 1) {
            throw new UseException(option + " should be 1 or more, not " + value);
        }
        return value;
    }

    private Instant end(InstantSource clock) {
        if (until == null) {
            return clock.instant().truncatedTo(ChronoUnit.HOURS);
        }
        try {
            Instant end = Instant.parse(until);
            if (end.isAfter(clock.instant())) {
                throw new UseException("--until should not lie in the future: analytics refuses events from there");
            }
            return end;
        } catch (DateTimeParseException e) {
            throw new UseException("--until should be an instant such as 2026-03-31T12:00:00Z, not '" + until + "'");
        }
    }

    /** The options that give this world again. */
    String again(World world) {
        return "--scenario " + scenario + " --seed " + world.seed() + " --users "
                + world.scenario().users() + " --weeks " + world.scenario().weeks() + " --until " + world.end()
                + (prefix.isEmpty() ? "" : " --prefix " + prefix)
                + (world.faults().lost() > 0 ? " --lost " + world.faults().lost() : "")
                + (world.faults().skew().isZero()
                        ? ""
                        : " --skew " + world.faults().skew());
    }
}
