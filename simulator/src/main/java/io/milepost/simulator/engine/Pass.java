package io.milepost.simulator.engine;

import io.milepost.simulator.channel.Dispatch;
import io.milepost.simulator.engine.Plan.Step;
import io.milepost.simulator.engine.Plan.Way;
import io.milepost.simulator.scenario.Diagram.Flow;
import io.milepost.simulator.scenario.Diagram.Kind;
import io.milepost.simulator.scenario.Scenario;
import io.milepost.simulator.scenario.Scenario.Anchor;
import io.milepost.simulator.scenario.Scenario.Conversion;
import io.milepost.simulator.scenario.Traits;
import io.milepost.spi.EntryRef;
import io.milepost.spi.EventSource;
import io.milepost.spi.ExitReason;
import io.milepost.spi.JourneyEvent.MessageEngaged;
import io.milepost.spi.JourneyEvent.MessageFailed;
import io.milepost.spi.JourneyEvent.MessageSent;
import io.milepost.spi.JourneyEvent.OutcomeReached;
import io.milepost.spi.JourneyEventType;
import io.milepost.spi.MessageRef;
import io.milepost.spi.Money;
import io.milepost.spi.VisitRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One entry: tokens that move through the diagram of its version until none is left. */
final class Pass implements Traits {

    private static final int MOST_AGAIN = 20;

    /** A token at a node. */
    private static final class Stay {
        final String visitId;
        Step step;

        Stay(String visitId, Step step) {
            this.visitId = visitId;
            this.step = step;
        }
    }

    private final Life life;
    private final Plan plan;
    private final Plan.Version started;
    private final @Nullable String variant;
    private final String entryId;
    private final Runnable afterExit;
    private final List<Stay> open = new ArrayList<>(2);
    private final Map<String, Integer> joined = new HashMap<>(2);
    private final Set<String> engaged = new HashSet<>(4);
    private Plan.Version current;
    private int tokens;
    private int visits;
    private int messages;
    private long sequence;
    private boolean over;

    Pass(Life life, Plan plan, Plan.Version version, @Nullable String variant, int number, Runnable afterExit) {
        this.life = life;
        this.plan = plan;
        this.started = version;
        this.current = version;
        this.variant = variant;
        this.entryId = plan.journey.id() + "-" + life.number() + "-" + number;
        this.afterExit = afterExit;
    }

    @Override
    public @Nullable String trait(String name) {
        return name.equals("variant") ? variant : life.trait(name);
    }

    void enter() {
        var entered = source().journeyEntered(life.time(), ref())
                .withAttributes(life.attributes())
                .withVariant(variant);
        boolean test = plan.journey.test().happens(life.random(), this);
        life.tell(test ? entered.asTest() : entered);
        planFromOutside();
        converts(Anchor.ENTERED, life.now());
        tokens = 1;
        arrive(current.start, null);
    }

    private EventSource source() {
        return life.world().source();
    }

    private EntryRef ref() {
        return new EntryRef(plan.journey.id(), current.settings.version(), entryId, life.userId(), sequence++);
    }

    private void planFromOutside() {
        for (Scenario.Stop stop : plan.journey.stops()) {
            boolean happens = stop.odds().happens(life.random(), this);
            long after = stop.after().millis(life.random());
            if (happens) {
                life.at(life.now() + after, () -> stop(stop));
            }
        }
        for (Plan.Version version : plan.versions) {
            long from = life.world().startMillis() + version.settings.from().toMillis();
            if (from > life.now()) {
                life.at(from, () -> migrate(version));
            }
        }
    }

    private void arrive(Step step, @Nullable Flow by) {
        Stay stay = new Stay("v" + ++visits, step);
        open.add(stay);
        var entered = source().nodeEntered(life.time(), ref(), new VisitRef(step.id(), stay.visitId));
        life.tell(by == null ? entered : entered.from(by.from(), by.id()));
        long stays = step.node.stays() == null ? 0 : step.node.stays().millis(life.random());
        if (step.channel != null) {
            stays += send(stay, step.channel.dispatch(life.random(), this));
        }
        if (stays == 0) {
            leave(stay);
        } else {
            life.at(life.now() + stays, () -> leave(stay));
        }
    }

    private void leave(Stay stay) {
        if (over || !open.contains(stay)) {
            return;
        }
        Step step = stay.step;
        if (step.node.fails() != null && step.node.fails().happens(life.random(), this)) {
            exit(ExitReason.FAILED, step.id());
            return;
        }
        if (step.node.outcomes() != null) {
            String name = step.node.outcomes().pick(life.random(), this);
            life.tell(outcome(stay, name));
        }
        Way taken = step.drawn.kind() == Kind.DECISION && step.ways().size() > 1 ? decide(step) : null;
        close(stay, taken == null ? null : taken.flow().outcome(), false);
        if (taken != null) {
            arrive(taken.to(), taken.flow());
        } else {
            moveOn(step);
        }
    }

    /** With the visit in its id: a loop may come by again in the same millisecond. */
    private OutcomeReached outcome(Stay stay, String name) {
        return new OutcomeReached(
                source().envelope(
                                JourneyEventType.OUTCOME, life.time(), plan.journey.id(), entryId, stay.visitId, name),
                ref(),
                stay.step.id(),
                name,
                null);
    }

    private void close(Stay stay, @Nullable String outcome, boolean cancelled) {
        open.remove(stay);
        var left = source().nodeExited(life.time(), ref(), new VisitRef(stay.step.id(), stay.visitId))
                .withOutcome(outcome);
        life.tell(cancelled ? left.asCancelled() : left);
    }

    private Way decide(Step step) {
        Scenario.Question asks = step.node.asks();
        if (asks != null) {
            return step.way(engaged.contains(asks.node() + ' ' + asks.kind()) ? asks.yes() : asks.no());
        }
        return step.node.branches() == null
                ? step.ways().get(0)
                : step.way(step.node.branches().pick(life.random(), this));
    }

    private void moveOn(Step step) {
        if (step.drawn.kind() == Kind.END) {
            tokens--;
            if (step.exits != null || tokens == 0) {
                exit(step.exits == null ? ExitReason.COMPLETED : step.exits, step.id());
            }
            return;
        }
        if (step.joins() && joined.merge(step.id(), 1, Integer::sum) < step.drawn.incoming()) {
            tokens--;
            return;
        }
        joined.remove(step.id());
        tokens += step.ways().size() - 1;
        for (Way way : step.ways()) {
            if (!over) {
                arrive(way.to(), way.flow());
            }
        }
    }

    private void stop(Scenario.Stop stop) {
        ExitReason reason = ExitReason.ofWireName(stop.reason());
        if (over || reason == null) {
            return;
        }
        @Nullable
        String last = open.isEmpty() ? null : open.get(open.size() - 1).step.id();
        if (stop.leavesVisits()) {
            List.copyOf(open).forEach(stay -> close(stay, null, true));
        }
        exit(reason, stop.leavesVisits() ? last : null);
    }

    private void exit(ExitReason reason, @Nullable String node) {
        over = true;
        life.tell(source().journeyExited(life.time(), ref(), reason).at(node));
        converts(Anchor.EXITED, life.now());
        Duration window = started.settings.attributionWindow();
        if (window != null) {
            converts(Anchor.WINDOW_END, life.now() + window.toMillis());
        }
        afterExit.run();
    }

    private void migrate(Plan.Version next) {
        if (over || !next.settings.migrates().happens(life.random(), this)) {
            return;
        }
        List<Step> moved = new ArrayList<>();
        for (Stay stay : open) {
            Step step = next.step(next.settings.moves().getOrDefault(stay.step.id(), stay.step.id()));
            if (step == null) {
                return;
            }
            moved.add(step);
        }
        int from = current.settings.version();
        current = next;
        life.tell(source().journeyMigrated(life.time(), ref(), from));
        for (int i = 0; i < moved.size(); i++) {
            open.get(i).step = moved.get(i);
        }
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

    /** Plans the message's tries; gives the time from now to the last of them. */
    private long send(Stay stay, Dispatch dispatch) {
        Step step = stay.step;
        Scenario.Sending sends = step.node.sends();
        if (sends == null) {
            return 0;
        }
        Scenario.Cost cost = sends.cost();
        MessageRef message = new MessageRef(
                step.id(),
                entryId + "-m" + ++messages,
                sends.channel(),
                sends.platforms() ? life.platform() : null,
                cost == null ? null : new Money(cost.amount(), cost.currency()));
        int tries = 0;
        for (long after : dispatch.failedAfter()) {
            int number = ++tries;
            soon(after, () -> tryFailed(message, number, "try " + number + " failed"));
        }
        if (dispatch.sentAfter() != null) {
            int number = ++tries;
            soon(dispatch.sentAfter(), () -> sent(message, number, dispatch));
        }
        return dispatch.lastTry();
    }

    /** Now, in the same transaction, or later, unless the entry is over by then. */
    private void soon(long after, Runnable step) {
        if (after == 0) {
            step.run();
        } else {
            life.at(life.now() + after, () -> {
                if (!over) {
                    step.run();
                }
            });
        }
    }

    private void tryFailed(MessageRef message, int number, String reason) {
        life.tell(new MessageFailed(
                source().envelope(
                                JourneyEventType.MESSAGE_FAILED,
                                life.time(),
                                message.messageId(),
                                Integer.toString(number)),
                ref(),
                message,
                reason));
    }

    private void sent(MessageRef message, int number, Dispatch dispatch) {
        life.tell(new MessageSent(
                source().envelope(
                                JourneyEventType.MESSAGE_SENT,
                                life.time(),
                                message.messageId(),
                                Integer.toString(number)),
                ref(),
                message));
        long at = life.now();
        if (dispatch.refusedAfter() != null) {
            life.at(at + dispatch.refusedAfter(), () -> tryFailed(message, number + 1, "refused by the provider"));
        }
        int count = 0;
        for (Dispatch.Reaction reaction : dispatch.reactions()) {
            int n = ++count;
            life.at(at + reaction.after(), () -> react(message, n, reaction));
        }
    }

    private void react(MessageRef message, int number, Dispatch.Reaction reaction) {
        if (!reaction.machine()) {
            engaged.add(message.nodeId() + ' ' + reaction.kind());
        }
        life.tell(new MessageEngaged(
                source().envelope(
                                JourneyEventType.MESSAGE_ENGAGED,
                                life.time(),
                                message.messageId(),
                                reaction.kind(),
                                Integer.toString(number)),
                message.messageId(),
                reaction.kind(),
                reaction.link(),
                reaction.machine()));
    }
}
