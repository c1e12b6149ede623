package io.milepost.tck;

import io.milepost.spi.AdapterContext;
import io.milepost.spi.Diagnostics;
import io.milepost.spi.Envelope;
import io.milepost.spi.EventSource;
import io.milepost.spi.Handover;
import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.JourneyEngineAdapter.Attachment;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;
import io.milepost.spi.NodeType;
import io.milepost.spi.ReplaySource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The smallest engine that keeps all the rules, and can be told to break any one of them. One transaction at a time. */
final class ToyEngine implements KitEngine {
    private static final Map<String, Store> DATABASES = new ConcurrentHashMap<>();

    private final KitSetup setup;
    private final @Nullable Fault fault;
    private final Store store;
    private final boolean restarted;
    private final Handover handover;
    private final List<JourneyEvent> outer = new ArrayList<>();
    private final List<JourneyEvent> kept = new ArrayList<>();
    private boolean inOuter;

    ToyEngine(KitSetup setup, @Nullable Fault fault) {
        this.setup = setup;
        this.fault = fault;
        restarted = DATABASES.containsKey(setup.database());
        store = DATABASES.computeIfAbsent(setup.database(), fresh -> new Store());
        handover = new Handover(context().sink(), 1_000, context().clock());
    }

    boolean faulty(Fault given) {
        return fault == given;
    }

    boolean restarted() {
        return restarted;
    }

    KitSteps steps() {
        return setup.steps();
    }

    EventSource source() {
        return context().source();
    }

    Instant now() {
        return store.now;
    }

    String nextId() {
        return "v" + ++store.ids;
    }

    long nextPlace() {
        return ++store.places;
    }

    long newest(String journeyId) {
        return store.versions.getOrDefault(journeyId, 0L);
    }

    KitJourney journey(String journeyId) {
        return Objects.requireNonNull(store.journeys.get(journeyId), "not deployed");
    }

    boolean sends(String journeyId, String node) {
        return journey(journeyId).nodes().stream()
                .anyMatch(told -> told.id().equals(node) && told.type().equals(NodeType.SEND.wireName()));
    }

    @Override
    public synchronized void deploy(KitJourney journey, @Nullable String tenant) {
        String id = journeyId(journey, tenant);
        store.journeys.put(id, journey);
        long version = store.versions.merge(id, 1L, Long::sum);
        commit(List.of(source().journeyDefined(now(), definition(journey, id, version))));
    }

    private JourneyDefinition definition(KitJourney journey, String id, long version) {
        List<JourneyDefinition.Node> nodes = journey.nodes().stream()
                .filter(node ->
                        !faulty(Fault.INNER_NODES_LEFT_OUT) || !node.id().startsWith("inner-"))
                .map(node -> faulty(Fault.ALL_NODES_CUSTOM)
                        ? new JourneyDefinition.Node(node.id(), node.name(), "custom", null)
                        : node)
                .toList();
        boolean settings = !faulty(Fault.NO_SETTINGS);
        return new JourneyDefinition(
                id,
                faulty(Fault.ALWAYS_VERSION_ONE) ? 1 : version,
                journey.name(),
                nodes,
                journey.edges(),
                List.of(),
                settings ? journey.conversionEvent() : null,
                List.of(),
                settings ? journey.attributionWindow() : null,
                null,
                faulty(Fault.NO_DIAGRAM) ? null : journey.bpmn(new KitJourney.Dialect("", "", "")));
    }

    private String journeyId(KitJourney journey, @Nullable String tenant) {
        return tenant == null || faulty(Fault.TENANTS_MIXED_UP) ? journey.id() : tenant + ':' + journey.id();
    }

    @Override
    public synchronized String enter(
            KitJourney journey, String user, @Nullable String tenant, Map<String, Object> variables) {
        return begin(journeyId(journey, tenant), user, null, variables);
    }

    private String begin(String journeyId, String user, @Nullable String caller, Map<String, Object> variables) {
        ToyInstance fresh = new ToyInstance("e" + ++store.ids, journeyId, newest(journeyId), user, caller, variables);
        transact(fresh, t -> ToyScripts.play(t.enter(), journey(journeyId).id(), "enter"));
        return fresh.id;
    }

    @Override
    public synchronized void complete(String entryId, String nodeId) {
        stimulate(entryId, "done:" + nodeId);
    }

    @Override
    public synchronized void correlate(String entryId, String message) {
        stimulate(entryId, "message:" + message);
    }

    private void stimulate(String entryId, String stimulus) {
        ToyInstance instance = instance(entryId);
        transact(instance, t -> ToyScripts.play(t, journey(instance.journeyId).id(), stimulus));
        if (instance(entryId).over && instance.caller != null) {
            stimulate(instance.caller, "returned");
        }
    }

    @Override
    public synchronized void work() {
        for (ToyInstance instance : List.copyOf(store.instances.values())) {
            for (boolean worked = true; worked; ) {
                worked = workOnce(instance.id);
            }
        }
    }

    private boolean workOnce(String entryId) {
        ToyInstance instance = instance(entryId);
        for (Map.Entry<String, Instant> timer : Map.copyOf(instance.timers).entrySet()) {
            if (!timer.getValue().isAfter(now()) && !instance.over) {
                instance.timers.remove(timer.getKey());
                stimulate(entryId, "due:" + timer.getKey());
                return true;
            }
        }
        for (Map.Entry<String, Integer> job : Map.copyOf(instance.jobs).entrySet()) {
            if (job.getValue() > 0) {
                return workJob(instance, job.getKey(), job.getValue());
            }
        }
        return false;
    }

    private boolean workJob(ToyInstance instance, String node, int tries) {
        try {
            transact(instance, t -> {
                t.instance.jobs.remove(node);
                ToyScripts.play(t, journey(instance.journeyId).id(), "job:" + node);
            });
            return true;
        } catch (KitSteps.Broken failed) {
            transact(instance, t -> {
                t.instance.jobs.put(node, tries - 1);
                if (tries == 1) {
                    t.incident(node);
                }
            });
            return false;
        }
    }

    @Override
    public synchronized void pass(Duration time) {
        store.now = store.now.plus(time);
        work();
    }

    @Override
    public synchronized void delete(String entryId, boolean skipListeners) {
        boolean told =
                !faulty(Fault.DELETION_UNTOLD) && !(skipListeners && faulty(Fault.DELETION_WITHOUT_LISTENERS_UNTOLD));
        transact(instance(entryId), t -> {
            t.delete();
            if (!told) {
                t.events.clear();
            }
        });
    }

    @Override
    public synchronized void migrate(String entryId, KitJourney journey, long toVersion) {
        transact(instance(entryId), t -> t.migrate(toVersion));
    }

    @Override
    public synchronized void inTransaction(boolean commit, Runnable work) {
        Map<String, ToyInstance> before = Map.copyOf(store.instances);
        inOuter = !faulty(Fault.OUTER_COMMIT_TOLD_EARLY);
        work.run();
        inOuter = false;
        if (commit || faulty(Fault.OUTER_ROLLBACK_TOLD)) {
            commit(List.copyOf(outer));
        }
        if (!commit) {
            store.instances.clear();
            store.instances.putAll(before);
        }
        outer.clear();
    }

    private ToyInstance instance(String entryId) {
        return Objects.requireNonNull(store.instances.get(entryId), "no such entry");
    }

    private void transact(ToyInstance instance, Consumer<ToyTransaction> work) {
        ToyTransaction transaction = new ToyTransaction(this, instance.copy());
        try {
            work.accept(transaction);
        } catch (RuntimeException rolledBack) {
            if (faulty(Fault.ROLLBACK_TOLD)) {
                commit(transaction.events);
            } else if (faulty(Fault.FAILED_TRY_KEPT)) {
                kept.addAll(transaction.events);
            }
            throw rolledBack;
        }
        store.instances.put(instance.id, transaction.instance);
        store.past.addAll(transaction.events);
        kept.addAll(transaction.events);
        commit(List.copyOf(kept));
        kept.clear();
        String called = transaction.called();
        if (called != null) {
            begin(called, faulty(Fault.CALL_LOSES_THE_USER) ? "nobody" : instance.user, instance.id, Map.of());
        }
    }

    private void commit(List<JourneyEvent> events) {
        if (inOuter) {
            outer.addAll(events);
        } else if (setup.history() || !faulty(Fault.NOTHING_WITHOUT_HISTORY)) {
            tell(events);
        }
    }

    private void tell(List<JourneyEvent> events) {
        List<JourneyEvent> told = new ArrayList<>(events);
        if (faulty(Fault.A_FACT_LOST_NOW_AND_THEN)) {
            told.removeIf(event -> ++store.told % 50 == 0);
        }
        if (faulty(Fault.FACTS_TOLD_TWICE)) {
            told.addAll(events);
        }
        if (faulty(Fault.BATCH_FOR_EACH_EVENT)) {
            told.forEach(event -> emit(JourneyEventBatch.of(event)));
        } else {
            emit(new JourneyEventBatch(told));
        }
    }

    private void emit(JourneyEventBatch batch) {
        if (faulty(Fault.SINK_IN_THE_ENGINES_THREAD)) {
            context().sink().emit(batch);
            return;
        }
        handover.emit(batch);
        if (faulty(Fault.FAILS_WITH_THE_SINK)) {
            handover.flush(Duration.ofSeconds(1));
            if (handover.diagnostics().count(Diagnostics.FAILED_BATCHES) > 0) {
                throw new IllegalStateException("the sink failed, and the toy with it");
            }
        }
    }

    private AdapterContext context() {
        return setup.context();
    }

    @Override
    public Attachment attachment() {
        return new Attachment() {
            @Override
            public boolean flush(Duration deadline) {
                if (faulty(Fault.FLUSH_DOES_NOT_WAIT)) {
                    return true;
                }
                return handover.flush(faulty(Fault.FLUSH_WAITS_FOR_EVER) ? Duration.ofHours(1) : deadline);
            }

            @Override
            public Optional<ReplaySource> replaySource() {
                return Optional.of(ToyEngine.this::replay);
            }

            @Override
            public void close() {
                handover.close();
            }
        };
    }

    private long replay(Instant from, Instant to, JourneyEventSink into) {
        List<JourneyEvent> again = new ArrayList<>(store.past);
        if (faulty(Fault.REPLAY_BY_OTHER_IDS)) {
            again.replaceAll(event -> event instanceof JourneyEvent.NodeExited left
                    ? new JourneyEvent.NodeExited(
                            new Envelope(left.source(), "again-" + left.id(), left.time()),
                            left.entry(),
                            left.visit(),
                            left.outcome(),
                            left.cancelled())
                    : event);
        }
        if (faulty(Fault.REPLAY_BY_ANOTHER_CLOCK)) {
            again.replaceAll(event -> event instanceof JourneyEvent.NodeEntered arrived
                    ? source().nodeEntered(arrived.time().plusMillis(1), arrived.entry(), arrived.visit())
                    : event);
        }
        again.removeIf(event -> event.time().isBefore(from) || !event.time().isBefore(to));
        into.emit(new JourneyEventBatch(again));
        return again.size();
    }

    @Override
    public void close() {
        handover.close();
    }

    /** What outlives a restart. */
    private static final class Store {
        private final Map<String, KitJourney> journeys = new HashMap<>();
        private final Map<String, Long> versions = new HashMap<>();
        private final Map<String, ToyInstance> instances = new LinkedHashMap<>();
        private final List<JourneyEvent> past = new ArrayList<>();
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");
        private long ids;
        private long places;
        private long told;
    }
}
