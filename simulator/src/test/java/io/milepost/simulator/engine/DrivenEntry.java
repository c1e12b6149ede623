package io.milepost.simulator.engine;

import io.milepost.simulator.engine.DrivenEngine.Drawn;
import io.milepost.simulator.engine.DrivenEngine.Result;
import io.milepost.simulator.engine.Plan.Step;
import io.milepost.simulator.engine.Plan.Way;
import io.milepost.simulator.scenario.Diagram.Cause;
import io.milepost.simulator.scenario.Diagram.Kind;
import io.milepost.simulator.scenario.Diagram.Trigger;
import io.milepost.spi.ExitReason;
import io.milepost.spi.MessageRef;
import io.milepost.spi.VisitRef;
import io.milepost.tck.KitSteps;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An entry that behaves as the kit says. */
final class DrivenEntry implements Conduct {

    private record Timer(long due, Runnable happened) {}

    final String id;
    final Pass pass;
    private final DrivenEngine engine;
    private final Drawn drawn;
    private final String user;
    private final @Nullable DrivenEntry caller;
    private final Map<String, Object> variables;
    private final Map<String, Deque<Stay>> waiting = new HashMap<>();
    private final Map<String, Runnable> jobs = new LinkedHashMap<>();
    private final List<Timer> timers = new ArrayList<>();
    private final Map<String, Runnable> messages = new HashMap<>();
    private final Map<Stay, DrivenEntry> called = new HashMap<>();

    DrivenEntry(
            DrivenEngine engine,
            Drawn drawn,
            String id,
            String user,
            @Nullable DrivenEntry caller,
            Map<String, Object> variables) {
        this.engine = engine;
        this.drawn = drawn;
        this.id = id;
        this.user = user;
        this.caller = caller;
        this.variables = variables;
        this.pass = new Pass(engine, this, drawn.journey().id(), id, user, drawn.version());
    }

    void enter() {
        pass.enter(entered -> entered.calledBy(caller == null ? null : caller.id));
    }

    void complete(String node) {
        pass.leave(waiting.getOrDefault(node, new ArrayDeque<>()).remove());
    }

    void correlate(String message) {
        Objects.requireNonNull(messages.remove(message), message).run();
    }

    boolean isDue(long now) {
        return !pass.isOver() && timers.stream().anyMatch(timer -> timer.due <= now);
    }

    void come(long now) {
        Timer next =
                timers.stream().filter(timer -> timer.due <= now).findFirst().orElseThrow();
        timers.remove(next);
        next.happened.run();
    }

    List<String> jobs() {
        return pass.isOver() ? List.of() : List.copyOf(jobs.keySet());
    }

    void work(String node) {
        Objects.requireNonNull(jobs.remove(node), node).run();
    }

    /** The last try failed: a message that was to be sent there was not. */
    void giveUp(String node) {
        Step step = Objects.requireNonNull(drawn.version().step(node));
        if (step.node.sends() != null) {
            MessageRef lost =
                    new MessageRef(node, id + "-" + node, step.node.sends().channel());
            engine.tell(engine.source().messageFailed(time(), pass.ref(), lost, "given up"));
        }
    }

    @Override
    public void reach(Step step, Runnable arrival) {
        if (drawn.isAsync(step.id())) {
            jobs.put(step.id(), arrival);
        } else {
            arrival.run();
        }
    }

    @Override
    public void stay(Stay stay) {
        Step step = stay.step();
        Trigger trigger = step.drawn.trigger();
        if (drawn.isWait(step.id())) {
            waiting.computeIfAbsent(step.id(), node -> new ArrayDeque<>()).add(stay);
        } else if (drawn.isStep(step.id())) {
            Result result = engine.step(this, new VisitRef(step.id(), stay.visitId));
            if (result.error() == null) {
                pass.leave(stay);
            } else {
                pass.error(stay, result.error());
            }
        } else if (step.drawn.kind() == Kind.WAIT && !step.isRaced() && trigger != null && trigger.after() != null) {
            timers.add(new Timer(engine.now() + trigger.after().toMillis(), () -> pass.leave(stay)));
        } else {
            pass.leave(stay);
        }
    }

    /** Runs the step as the kit says. */
    Result run(KitSteps steps, VisitRef visit) {
        int[] told = {0};
        try {
            steps.run(new KitSteps.Step() {
                @Override
                public String nodeId() {
                    return visit.nodeId();
                }

                @Override
                public void sent(MessageRef message) {
                    told[0]++;
                    engine.tell(engine.source().messageSent(time(), pass.ref(), message));
                }

                @Override
                public void failed(MessageRef message, @Nullable String reason) {
                    told[0]++;
                    engine.tell(engine.source().messageFailed(time(), pass.ref(), message, reason));
                }

                @Override
                public void outcome(String name, @Nullable Object value) {
                    told[0]++;
                    engine.tell(engine.source().outcomeReached(time(), pass.ref(), visit, name, value));
                }
            });
            return new Result(told[0], null);
        } catch (KitSteps.BusinessError error) {
            return new Result(told[0], error.code());
        }
    }

    /** Keeps the order of events when a step that told something is only remembered. */
    void tellsAgain(VisitRef visit) {
        engine.tell(engine.source().outcomeReached(time(), pass.ref(), visit, "remembered", null));
    }

    private Instant time() {
        return Instant.ofEpochMilli(engine.now());
    }

    @Override
    public Way one(Step decision) {
        return decision.ways().stream()
                .filter(way -> holds(drawn.condition(String.valueOf(way.flow().id()))))
                .findFirst()
                .orElseThrow();
    }

    private boolean holds(String condition) {
        boolean negated = condition.startsWith("!");
        boolean set = Boolean.TRUE.equals(variables.get(negated ? condition.substring(1) : condition));
        return condition.isEmpty() || set != negated;
    }

    @Override
    public List<Way> some(Step gateway) {
        return gateway.ways();
    }

    @Override
    public int times(Step activity) {
        throw new IllegalStateException("the kit says how often");
    }

    @Override
    public void await(Step event, Runnable happened) {
        Trigger trigger = event.drawn.trigger();
        if (trigger != null && trigger.after() != null) {
            timers.add(new Timer(engine.now() + trigger.after().toMillis(), happened));
        } else if (event.drawn.waitsFor(Cause.MESSAGE) && trigger != null && trigger.code() != null) {
            messages.put(trigger.code(), happened);
        }
    }

    @Override
    public boolean call(Stay stay) {
        String target = Objects.requireNonNull(stay.step().drawn.calls());
        DrivenEntry child = engine.begin(engine.newest(target), user, this, Map.of());
        called.put(stay, child);
        return true;
    }

    @Override
    public void abandon(Stay call) {
        DrivenEntry child = called.remove(call);
        if (child != null) {
            child.pass.stop(ExitReason.CANCELLED, true);
        }
    }

    @Override
    public void exited(ExitReason reason) {
        if (caller != null) {
            caller.returned(this);
        }
    }

    private void returned(DrivenEntry child) {
        List.copyOf(called.entrySet()).forEach(call -> {
            if (call.getValue() == child) {
                called.remove(call.getKey());
                pass.leave(call.getKey());
            }
        });
    }
}
