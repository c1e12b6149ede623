package io.milepost.simulator.engine;

import io.milepost.simulator.scenario.Scenario;
import io.milepost.simulator.scenario.Split;
import io.milepost.simulator.scenario.Traits;
import io.milepost.spi.EventSource;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.EntryRejected;
import io.milepost.spi.JourneyEvent.UserActed;
import io.milepost.spi.JourneyEvent.UserProfiled;
import io.milepost.spi.JourneyEventType;
import io.milepost.spi.JourneyRef;
import io.milepost.spi.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One user: who he is, what is due in his life, and what it has told since the last commit. */
final class Life implements Traits, Teller {

    private final World world;
    private final int number;
    private final Agenda agenda;
    private final SplittableRandom random;
    private final String userId;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final Map<String, Object> typed = new LinkedHashMap<>();
    private final @Nullable String platform;
    private final long[] arrivals;
    private final int[] passes;
    private final @Nullable String[] variants;
    private List<JourneyEvent> told = new ArrayList<>(4);
    private int deeds;
    private int transactions;
    private long skew;

    Life(World world, int number) {
        this.world = world;
        this.number = number;
        this.agenda = new Agenda(world.endMillis());
        this.random = new SplittableRandom(Seeds.mix(world.seed(), number));
        // Scenarios played to the same analytics have people of their own.
        this.userId = world.prefix() + world.scenario().name() + "-" + number;
        List<Plan> plans = world.plans();
        arrivals = new long[plans.size()];
        passes = new int[plans.size()];
        variants = new String[plans.size()];
        Scenario.Population population = world.scenario().population();
        arrive(world, number, random, arrivals);
        population.attributes().forEach((name, split) -> attributes.put(name, split.pick(random, this)));
        platform = known(population.platforms().pick(random, this));
    }

    /** What is drawn first, so that it can be known without the rest. */
    private static void arrive(World world, int number, SplittableRandom random, long[] arrivals) {
        for (int i = 0; i < arrivals.length; i++) {
            arrivals[i] = world.rhythm().arrival(number, random);
        }
    }

    /** When the user of that number first comes, in epoch milliseconds. */
    static long firstArrival(World world, int number) {
        long[] arrivals = new long[world.plans().size()];
        arrive(world, number, new SplittableRandom(Seeds.mix(world.seed(), number)), arrivals);
        return first(arrivals);
    }

    private static @Nullable String known(String option) {
        return option.equals("none") ? null : option;
    }

    int number() {
        return number;
    }

    String userId() {
        return userId;
    }

    SplittableRandom random() {
        return random;
    }

    World world() {
        return world;
    }

    @Nullable
    String platform() {
        return platform;
    }

    @Override
    public @Nullable String trait(String name) {
        return attributes.get(name);
    }

    Map<String, Object> attributes() {
        if (typed.size() < attributes.size()) {
            attributes.forEach((name, value) -> typed.put(name, Values.typed(value)));
        }
        return typed;
    }

    @Override
    public EventSource source() {
        return world.source();
    }

    @Override
    public long now() {
        return agenda.now();
    }

    /** Of a cluster of three whose clocks need not agree, one node does all of a transaction. */
    @Override
    public Instant time() {
        return Instant.ofEpochMilli(agenda.now() + skew);
    }

    /** Plans a step of this life at that instant, in epoch milliseconds, but not before now. */
    void at(long millis, Runnable step) {
        agenda.plan(Math.max(millis, agenda.now()), step);
    }

    @Override
    public void tell(JourneyEvent event) {
        if (!world.loss().takes(event)) {
            told.add(event);
        }
    }

    /** Time of the next step, in epoch milliseconds; {@link Agenda#NEVER} where there is none. */
    long next() {
        return agenda.next();
    }

    /** Takes the next step, of which there must be one. */
    void advance() {
        agenda.advance();
    }

    /** Hands on what was told since the last commit, if anything was. */
    void commit(Consumer<List<JourneyEvent>> committed) {
        skew = world.skew(number, ++transactions);
        if (!told.isEmpty()) {
            List<JourneyEvent> transaction = told;
            told = new ArrayList<>(4);
            committed.accept(transaction);
        }
    }

    private static long first(long[] arrivals) {
        long first = Long.MAX_VALUE;
        for (long arrival : arrivals) {
            first = Math.min(first, arrival);
        }
        return first;
    }

    void begin() {
        at(first(arrivals), this::profile);
        for (int i = 0; i < arrivals.length; i++) {
            int plan = i;
            Scenario.Journey journey = world.plans().get(i).journey;
            boolean comes = journey.odds().happens(random, this);
            variants[i] = variant(journey.variants());
            if (comes) {
                at(arrivals[i], () -> knock(plan));
            }
        }
    }

    private @Nullable String variant(@Nullable Split split) {
        return split == null ? null : known(split.pick(random, this));
    }

    private void profile() {
        if (!attributes.isEmpty()) {
            tell(new UserProfiled(
                    source().envelope(JourneyEventType.USER_PROFILED, time(), userId), userId, attributes()));
        }
    }

    private void knock(int index) {
        Plan plan = world.plans().get(index);
        Plan.Version version = plan.entered(now() - world.startMillis());
        Scenario.Rejected rejected = plan.journey.rejected();
        if (rejected != null && rejected.odds().happens(random, this)) {
            reject(plan, version, rejected.reasons().pick(random, this));
            return;
        }
        int pass = ++passes[index];
        new Behaviour(this, plan, version, variants[index], pass, null, () -> comeAgain(index)).enter();
    }

    /** An entry to a journey that another one calls; not yet entered. */
    Behaviour call(Plan plan, Behaviour caller, Runnable afterExit) {
        int index = world.plans().indexOf(plan);
        Plan.Version version = plan.entered(now() - world.startMillis());
        return new Behaviour(this, plan, version, variants[index], ++passes[index], caller, afterExit);
    }

    private void reject(Plan plan, Plan.Version version, String reason) {
        tell(new EntryRejected(
                world.source()
                        .envelope(JourneyEventType.ENTRY_REJECTED, time(), plan.id, userId, Integer.toString(deeds++)),
                new JourneyRef(plan.id, version.settings.version()),
                userId,
                reason,
                null));
    }

    private void comeAgain(int index) {
        Scenario.Reentry reentry = world.plans().get(index).journey.reentry();
        if (reentry != null && passes[index] < reentry.most() && reentry.odds().happens(random, this)) {
            at(now() + reentry.after().millis(random), () -> knock(index));
        }
    }

    void act(Scenario.Conversion conversion, Traits traits) {
        Money value = null;
        if (conversion.value() != null) {
            value = new Money(
                    Values.money(conversion.value().amount().sample(random)),
                    conversion.value().currency());
        }
        Map<String, Object> given = new LinkedHashMap<>();
        conversion.attributes().forEach((name, split) -> given.put(name, Values.typed(split.pick(random, traits))));
        tell(new UserActed(
                world.source()
                        .envelope(
                                JourneyEventType.USER_ACTED,
                                time(),
                                userId,
                                conversion.event(),
                                Integer.toString(deeds++)),
                userId,
                conversion.event(),
                value,
                given));
    }
}
