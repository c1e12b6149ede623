package io.milepost.tck;

import io.milepost.spi.EntryRef;
import io.milepost.spi.EventSource;
import io.milepost.spi.ExitReason;
import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.MessageRef;
import io.milepost.spi.VisitRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happens to one entry in one transaction: state and events together, so that a rollback forgets both. */
final class ToyTransaction {
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    final ToyInstance instance;
    final List<JourneyEvent> events = new ArrayList<>();
    private final ToyEngine engine;
    private @Nullable String last;
    private @Nullable String called;

    ToyTransaction(ToyEngine engine, ToyInstance instance) {
        this.engine = engine;
        this.instance = instance;
    }

    boolean faulty(Fault fault) {
        return engine.faulty(fault);
    }

    boolean has(String variable) {
        return instance.has(variable);
    }

    boolean isOpen(String node) {
        return instance.open.stream().anyMatch(visit -> visit.node().equals(node));
    }

    int joined() {
        return ++instance.joined;
    }

    ToyTransaction enter() {
        events.add(source().journeyEntered(now(), entry()).calledBy(instance.caller));
        return this;
    }

    ToyTransaction pass(String node) {
        return open(node).close(node);
    }

    ToyTransaction step(String node) {
        open(node);
        run(node);
        return close(node);
    }

    void run(String node) {
        engine.steps().run(new ToyStep(node));
    }

    ToyTransaction open(String node) {
        String parent = node.startsWith("inner-") && !faulty(Fault.SUB_PROCESS_IS_NO_PARENT) ? openId("inner") : null;
        return open(node, faulty(Fault.VISIT_ID_IS_THE_NODE) ? node : engine.nextId(), parent);
    }

    ToyTransaction many(String node, int times) {
        String body = faulty(Fault.BODY_IS_NO_PARENT) ? null : instance.id + "-body";
        for (int i = 0; i < times; i++) {
            open(node, faulty(Fault.ROUNDS_SHARE_AN_ID) ? "round" : engine.nextId(), body);
        }
        return this;
    }

    private ToyTransaction open(String node, String visitId, @Nullable String parent) {
        instance.open.add(new ToyInstance.Visit(node, visitId));
        JourneyEvent.NodeEntered entered = source().nodeEntered(now(), entry(), new VisitRef(node, visitId))
                .within(parent);
        Optional<JourneyDefinition.Edge> edge = faulty(Fault.NO_EDGES) ? Optional.empty() : edge(node);
        events.add(edge.map(flow -> entered.from(flow.from(), flow.id())).orElse(entered));
        last = node;
        return this;
    }

    ToyTransaction close(String node) {
        return close(node, null, false);
    }

    ToyTransaction cancel(String node) {
        return close(node, null, !faulty(Fault.CANCELLED_TOLD_AS_COMPLETED));
    }

    ToyTransaction gateway(String node) {
        return close(node, null, faulty(Fault.GATEWAY_TOLD_AS_CANCELLED));
    }

    ToyTransaction decide(String node, String flow) {
        return open(node).close(node, faulty(Fault.NO_OUTCOMES) ? null : flow, false);
    }

    private ToyTransaction close(String node, @Nullable String outcome, boolean cancelled) {
        String id = openId(node);
        instance.open.remove(new ToyInstance.Visit(node, id));
        String told = faulty(Fault.ANOTHER_VISIT_ON_EXIT) || (faulty(Fault.IDS_OF_ONE_RUN) && engine.restarted())
                ? id + "-other"
                : id;
        events.add(new JourneyEvent.NodeExited(
                source().nodeExited(now(), entry(), new VisitRef(node, told)).envelope(),
                entry(),
                new VisitRef(node, told),
                outcome,
                cancelled));
        last = node;
        return this;
    }

    ToyTransaction job(String node) {
        instance.jobs.put(node, 3);
        return this;
    }

    ToyTransaction timer(String node) {
        instance.timers.put(node, engine.now().plus(KitJourneys.HOUR));
        return this;
    }

    ToyTransaction call(String journeyId) {
        called = journeyId;
        return this;
    }

    @Nullable
    String called() {
        return called;
    }

    void end(String node) {
        pass(node);
        finish();
    }

    void finish() {
        finish(ExitReason.COMPLETED);
    }

    void delete() {
        new ArrayList<>(instance.open).forEach(visit -> cancel(visit.node()));
        finish(ExitReason.CANCELLED);
    }

    void migrate(long version) {
        long from = instance.version;
        instance.version = version;
        if (!faulty(Fault.MIGRATION_UNTOLD)) {
            events.add(source().journeyMigrated(now(), entry(), from));
        }
    }

    void incident(String node) {
        if (engine.sends(instance.journeyId, node) && !faulty(Fault.INCIDENT_UNTOLD)) {
            MessageRef lost = new MessageRef(node, instance.id + "-" + node, "email");
            events.add(source().messageFailed(now(), entry(), lost, "given up"));
        }
    }

    private void finish(ExitReason reason) {
        instance.over = true;
        instance.timers.clear();
        if (!faulty(Fault.ENTRY_NEVER_OVER)) {
            events.add(source().journeyExited(now(), entry(), reason));
        }
    }

    private Optional<JourneyDefinition.Edge> edge(String to) {
        List<JourneyDefinition.Edge> leading = engine.journey(instance.journeyId).edges().stream()
                .filter(edge -> edge.to().equals(to))
                .toList();
        return leading.stream()
                .filter(edge -> leading.size() == 1 || edge.from().equals(last))
                .findFirst();
    }

    private String openId(String node) {
        return instance.open.stream()
                .filter(visit -> visit.node().equals(node))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody is at " + node))
                .id();
    }

    private EntryRef entry() {
        long version = faulty(Fault.NEWEST_VERSION) ? engine.newest(instance.journeyId) : instance.version;
        long place = faulty(Fault.SEQUENCE_BEGINS_ANEW) ? events.size() : engine.nextPlace();
        String user = faulty(Fault.WRONG_USER) ? instance.id : instance.user;
        return new EntryRef(instance.journeyId, version, instance.id, user, place);
    }

    private EventSource source() {
        return engine.source();
    }

    private Instant now() {
        return faulty(Fault.TIME_STANDS_STILL) ? BEGINNING : engine.now();
    }

    private final class ToyStep implements KitSteps.Step {
        private final String node;

        ToyStep(String node) {
            this.node = node;
        }

        @Override
        public String nodeId() {
            return node;
        }

        @Override
        public void sent(MessageRef message) {
            if (!faulty(Fault.MESSAGES_UNTOLD)) {
                events.add(source().messageSent(now(), entry(), message));
            }
        }

        @Override
        public void failed(MessageRef message, @Nullable String reason) {
            events.add(source().messageFailed(now(), entry(), message, faulty(Fault.NO_REASON) ? null : reason));
        }

        @Override
        public void outcome(String name, @Nullable Object value) {
            Object told = faulty(Fault.NUMBERS_AS_TEXT) ? String.valueOf(value) : value;
            events.add(source().outcomeReached(now(), entry(), new VisitRef(node, openId(node)), name, told));
        }
    }
}
