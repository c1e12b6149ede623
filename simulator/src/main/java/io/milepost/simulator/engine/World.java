package io.milepost.simulator.engine;

import io.milepost.simulator.scenario.LoadedScenario;
import io.milepost.simulator.scenario.Scenario;
import io.milepost.simulator.scenario.Scenario.Faults;
import io.milepost.simulator.scenario.Split;
import io.milepost.spi.EventSource;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.ImportFinished;
import io.milepost.spi.JourneyEvent.JourneyDefined;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A scenario, a seed and an end: everything that happens follows from these three. Immutable, any thread; each call of
 * {@link #run} and {@link #life} lives through the same anew.
 */
public final class World implements Course {

    private static final int MOST_AT_ONCE = 20_000;
    private static final int LIVES_AT_A_TIME = 256;

    private final Scenario scenario;
    private final long seed;
    private final String prefix;
    private final long start;
    private final long end;
    private final EventSource source;
    private final List<Plan> plans;
    private final List<ImportFinished> imports;
    private final Rhythm rhythm;
    private final Loss loss;
    private final long skew;
    private final int threads;

    /** @param end nothing happens then or later; the start is the scenario's weeks before */
    public World(LoadedScenario loaded, long seed, Instant end) {
        this(loaded, seed, "", end, 1);
    }

    /**
     * @param prefix of the ids of its journeys and people, for an analytics that has others of the scenario
     * @param end nothing happens then or later; the start is the scenario's weeks before
     * @param threads that {@link #run} lives through lives on, besides the one that is told; they change nothing but the time
     *     it takes
     */
    public World(LoadedScenario loaded, long seed, String prefix, Instant end, int threads) {
        this.prefix = prefix;
        this.threads = threads;
        this.scenario = loaded.scenario();
        this.seed = seed;
        this.end = end.toEpochMilli();
        this.start = end.minus(Duration.ofDays(7L * scenario.weeks())).toEpochMilli();
        this.source = new EventSource("/simulator/" + prefix + scenario.name() + "/" + Long.toUnsignedString(seed));
        this.plans = scenario.journeys().stream()
                .map(journey -> new Plan(prefix, journey, loaded))
                .toList();
        this.imports = Imports.of(plans, source, seed, start, this.end);
        this.rhythm = new Rhythm(loaded, start, this.end);
        this.skew = scenario.faults().skew().toMillis();
        this.loss = new Loss(seed, scenario.faults().lost());
    }

    public Scenario scenario() {
        return scenario;
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public Instant start() {
        return Instant.ofEpochMilli(start);
    }

    @Override
    public Instant end() {
        return Instant.ofEpochMilli(end);
    }

    /** The definitions of all journeys, each at the instant from which its version is entered. */
    @Override
    public List<JourneyDefined> definitions() {
        List<JourneyDefined> definitions = new ArrayList<>();
        for (Plan plan : plans) {
            for (Plan.Version version : plan.versions) {
                Instant from = start().plus(version.settings.from());
                definitions.add(source.journeyDefined(from, version.definition));
            }
        }
        return definitions;
    }

    @Override
    public List<ImportFinished> imports() {
        return imports;
    }

    /** All that one user's life tells, from 0 up to the number of users, in order of time. */
    public List<JourneyEvent> life(int user) {
        List<JourneyEvent> events = new ArrayList<>();
        Life life = new Life(this, user);
        life.begin();
        while (life.next() != Agenda.NEVER) {
            life.advance();
            life.commit(events::addAll);
        }
        return events;
    }

    /**
     * Lives through all lives at once, in order of time, definitions first. More than {@value #MOST_AT_ONCE} people are lived
     * through in groups, those who come first first, and only each group in order of time: so any number needs the memory of
     * one group. What is told, and in which order, does not depend on the number of threads.
     *
     * @param committed is given the events of each transaction, on this thread
     */
    @Override
    public void run(Consumer<List<JourneyEvent>> committed) {
        definitions().forEach(definition -> committed.accept(List.of(definition)));
        Telling telling = new Telling(committed);
        Arrivals all = Arrivals.of(start, scenario.users(), user -> Life.firstArrival(this, user));
        try (Lanes lanes = new Lanes(this, threads, telling)) {
            for (int from = 0; from < all.count(); from += MOST_AT_ONCE) {
                lanes.live(all.part(from, Math.min(all.count(), from + MOST_AT_ONCE)), end);
            }
            lanes.finish();
        }
        telling.importsUntil(end);
    }

    /** Tells what the imports tell in between. */
    private final class Telling implements Consumer<Crowd.Told> {
        private final Consumer<List<JourneyEvent>> committed;
        private int imported;

        Telling(Consumer<List<JourneyEvent>> committed) {
            this.committed = committed;
        }

        @Override
        public void accept(Crowd.Told told) {
            importsUntil(told.at());
            committed.accept(told.events());
        }

        void importsUntil(long instant) {
            while (imported < imports.size() && imports.get(imported).time().toEpochMilli() <= instant) {
                committed.accept(List.of(imports.get(imported++)));
            }
        }
    }

    @Override
    public ZoneId zone() {
        return scenario.zone();
    }

    @Override
    public Faults faults() {
        return scenario.faults();
    }

    @Override
    public Set<String> variants() {
        Set<String> variants = new LinkedHashSet<>();
        for (Scenario.Journey journey : scenario.journeys()) {
            Split split = journey.variants();
            variants.addAll(split == null ? Set.of("none") : split.options());
        }
        return variants;
    }

    @Override
    public void lives(Consumer<List<JourneyEvent>> person) {
        for (int from = 0; from < scenario.users(); from += LIVES_AT_A_TIME) {
            IntStream.range(from, Math.min(scenario.users(), from + LIVES_AT_A_TIME))
                    .parallel()
                    .mapToObj(this::life)
                    .toList()
                    .forEach(person);
        }
    }

    @Override
    public EventSource source() {
        return source;
    }

    /** The journey of that id, or else of that process; null where the scenario has none. */
    @Nullable
    Plan called(@Nullable String name) {
        for (Plan plan : plans) {
            if (plan.journey.id().equals(name)) {
                return plan;
            }
        }
        for (Plan plan : plans) {
            if (plan.versions.get(0).process.equals(name)) {
                return plan;
            }
        }
        return null;
    }

    List<Plan> plans() {
        return plans;
    }

    /** What the clock of the node that does that transaction is ahead, in milliseconds. */
    long skew(int user, int transaction) {
        return skew == 0 ? 0 : skew * (Math.floorMod(Seeds.mix(Seeds.mix(seed, user), -transaction), 3) - 1);
    }

    Rhythm rhythm() {
        return rhythm;
    }

    Loss loss() {
        return loss;
    }

    /** Of the ids of journeys and people. */
    String prefix() {
        return prefix;
    }

    long startMillis() {
        return start;
    }

    long endMillis() {
        return end;
    }
}
