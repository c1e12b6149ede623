package io.milepost.simulator.engine;

import io.milepost.simulator.engine.Plan.Step;
import io.milepost.simulator.engine.Plan.Way;
import io.milepost.simulator.scenario.Diagram.Cause;
import io.milepost.simulator.scenario.Diagram.Kind;
import io.milepost.simulator.scenario.Diagram.Trigger;
import io.milepost.simulator.scenario.Odds;
import io.milepost.simulator.scenario.Scenario;
import io.milepost.simulator.scenario.Scenario.Anchor;
import io.milepost.simulator.scenario.Scenario.Conversion;
import io.milepost.simulator.scenario.Scenario.Happening;
import io.milepost.simulator.scenario.Traits;
import io.milepost.spi.ExitReason;
import io.milepost.spi.JourneyEvent.OutcomeReached;
import io.milepost.spi.JourneyEventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One entry as the scenario has it: how long it stays, which ways it takes, what is sent, who buys, and what ends it. */
final class Behaviour implements Conduct, Traits {

    private static final Odds EVEN = Odds.of(0.5);
    private static final int MOST_AGAIN = 20;
    private static final int MOST_CALLS_INSIDE_CALLS = 5;
    private static final int USUAL_ROUNDS = 3;

    private final Life life;
    private final Plan plan;
    private final Plan.Version started;
    private final @Nullable String variant;
    private final @Nullable Behaviour caller;
    private final Runnable afterExit;
    private final Map<Stay, Behaviour> called = new HashMap<>(0);
    private final Pass pass;
    private final Mail mail;

    /**
     * @param number of the user's entries to this journey, from 1
     * @param caller null = nobody called the journey
     */
    Behaviour(
            Life life,
            Plan plan,
            Plan.Version version,
            @Nullable String variant,
            int number,
            @Nullable Behaviour caller,
            Runnable afterExit) {
        this.life = life;
        this.plan = plan;
        this.started = version;
        this.variant = variant;
        this.caller = caller;
        this.afterExit = afterExit;
        String entryId = plan.id + "-" + life.number() + "-" + number;
        this.pass = new Pass(life, this, plan.id, entryId, life.userId(), version);
        this.mail = new Mail(life, pass);
    }

    @Override
    public @Nullable String trait(String name) {
        return name.equals("variant") ? variant : life.trait(name);
    }

    @Override
    public boolean wentThrough(String node) {
        return pass.hasSeen(node);
    }

    void enter() {
        boolean test = plan.journey.test().happens(life.random(), this);
        planFromOutside();
        converts(Anchor.ENTERED, life.now());
        pass.enter(entered -> {
            var told = entered.withAttributes(life.attributes())
                    .withVariant(variant)
                    .calledBy(caller == null ? null : caller.pass.entryId());
            return test ? told.asTest() : told;
        });
    }

    private void planFromOutside() {
        for (Scenario.Stop stop : plan.journey.stops()) {
            boolean happens = stop.odds().happens(life.random(), this);
            long after = stop.after().millis(life.random());
            ExitReason reason = ExitReason.ofWireName(stop.reason());
            if (happens && reason != null) {
                life.at(life.now() + after, () -> pass.stop(reason, stop.leavesVisits()));
            }
        }
        for (Plan.Version version : plan.versions) {
            long from = life.world().startMillis() + version.settings.from().toMillis();
            if (from > life.now()) {
                life.at(from, () -> migrate(version));
            }
        }
    }

    private void migrate(Plan.Version next) {
        if (!pass.isOver() && next.settings.migrates().happens(life.random(), this)) {
            pass.migrate(next, next.settings.moves());
        }
    }

    @Override
    public void stay(Stay stay) {
        Step step = stay.step();
        long stays =
                step.node.stays() == null ? drawnTime(step) : step.node.stays().millis(life.random());
        if (step.channel != null) {
            stays += mail.send(stay, step.channel.dispatch(life.random(), this));
        }
        if (stays == 0) {
            finish(stay);
        } else {
            life.at(life.now() + stays, () -> finish(stay));
        }
    }

    /** Of a timer in the flow; one behind an event gateway has come when it is reached. */
    private static long drawnTime(Step step) {
        Trigger trigger = step.drawn.trigger();
        return step.drawn.kind() == Kind.WAIT && !step.isRaced() && trigger != null && trigger.after() != null
                ? trigger.after().toMillis()
                : 0;
    }

    private void finish(Stay stay) {
        if (!pass.isOpen(stay)) {
            return;
        }
        Step step = stay.step();
        if (step.node.fails() != null && step.node.fails().happens(life.random(), this)) {
            pass.exit(ExitReason.FAILED, step.id());
            return;
        }
        if (step.node.outcomes() != null) {
            life.tell(outcome(stay, step.node.outcomes().pick(life.random(), this)));
        }
        pass.leave(stay);
    }

    /** With the visit in its id: a loop may come by again in the same millisecond. */
    private OutcomeReached outcome(Stay stay, String name) {
        return new OutcomeReached(
                life.source()
                        .envelope(JourneyEventType.OUTCOME, life.time(), plan.id, pass.entryId(), stay.visitId, name),
                pass.ref(),
                stay.step().id(),
                name,
                null);
    }

    @Override
    public Way one(Step decision) {
        Scenario.Question asks = decision.node.asks();
        if (asks != null) {
            return decision.way(mail.wasEngaged(asks.node(), asks.kind()) ? asks.yes() : asks.no());
        }
        return decision.node.branches() == null
                ? any(decision)
                : decision.way(decision.node.branches().pick(life.random(), this));
    }

    private Way any(Step step) {
        return step.ways().get(life.random().nextInt(step.ways().size()));
    }

    @Override
    public List<Way> some(Step gateway) {
        Map<String, Odds> takes = gateway.node.takes();
        List<Way> taken = new ArrayList<>();
        List<Way> others = new ArrayList<>();
        for (Way way : gateway.ways()) {
            Odds odds = takes == null ? EVEN : odds(takes, way);
            if (odds == null) {
                others.add(way);
            } else if (odds.happens(life.random(), this)) {
                taken.add(way);
            }
        }
        if (taken.isEmpty()) {
            taken.add(others.isEmpty() ? any(gateway) : others.get(0));
        }
        return taken;
    }

    private static @Nullable Odds odds(Map<String, Odds> takes, Way way) {
        Odds byName = way.flow().name() == null ? null : takes.get(way.flow().name());
        return byName != null || way.flow().id() == null
                ? byName
                : takes.get(way.flow().id());
    }

    @Override
    public int times(Step activity) {
        return activity.node.times() == null
                ? USUAL_ROUNDS
                : (int) Math.max(0, Math.round(activity.node.times().sample(life.random())));
    }

    @Override
    public void await(Step event, Runnable happened) {
        Happening happens = event.node.happens();
        Trigger trigger = event.drawn.trigger();
        Duration drawn = trigger == null ? null : trigger.after();
        if (happens == null && drawn == null) {
            return;
        }
        if (happens != null && !happens.odds().happens(life.random(), this)) {
            return;
        }
        long after = happens != null && happens.after() != null
                ? happens.after().millis(life.random())
                : drawn == null ? 0 : drawn.toMillis();
        int times = trigger == null || event.drawn.interrupts() ? 1 : trigger.times();
        for (int i = 1; i <= times; i++) {
            life.at(life.now() + i * after, happened);
        }
    }

    /** Where nothing says when the events come, one of them comes at once. */
    @Override
    public void race(Stay stay) {
        if (stay.step().ways().stream().noneMatch(way -> mayCome(way.to()))) {
            pass.won(stay, any(stay.step()));
        } else {
            Conduct.super.race(stay);
        }
    }

    private static boolean mayCome(Step event) {
        return event.node.happens() != null
                || event.drawn.waitsFor(Cause.TIMER)
                        && event.drawn.trigger() != null
                        && event.drawn.trigger().after() != null;
    }

    @Override
    public boolean call(Stay stay) {
        Plan target = life.world().called(stay.step().drawn.calls());
        if (target == null || depth() >= MOST_CALLS_INSIDE_CALLS) {
            return false;
        }
        Behaviour child = life.call(target, this, () -> {
            if (called.remove(stay) != null) {
                pass.leave(stay);
            }
        });
        called.put(stay, child);
        child.enter();
        return true;
    }

    private int depth() {
        return caller == null ? 0 : caller.depth() + 1;
    }

    @Override
    public void abandon(Stay call) {
        Behaviour child = called.remove(call);
        if (child != null) {
            child.pass.stop(ExitReason.CANCELLED, true);
        }
    }

    @Override
    public void exited(ExitReason reason) {
        converts(Anchor.EXITED, life.now());
        Duration window = started.settings.attributionWindow();
        if (window != null) {
            converts(Anchor.WINDOW_END, life.now() + window.toMillis());
        }
        afterExit.run();
    }

    private void converts(Anchor anchor, long anchored) {
        for (Conversion conversion : plan.journey.conversions()) {
            if (conversion.anchor() == anchor && conversion.odds().happens(life.random(), this)) {
                long at = anchored;
                int times = 0;
                do {
                    at += conversion.after().millis(life.random());
                    life.at(at, () -> life.act(conversion, this));
                } while (++times < MOST_AGAIN && conversion.again().happens(life.random(), this));
            }
        }
    }
}
