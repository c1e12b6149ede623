package io.milepost.operaton;

import io.milepost.spi.EntryRef;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.VisitRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.ibatis.session.SqlSession;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.engine.impl.cfg.TransactionContext;
import org.operaton.bpm.engine.impl.cfg.TransactionState;
import org.operaton.bpm.engine.impl.cfg.standalone.StandaloneTransactionContext;
import org.operaton.bpm.engine.impl.interceptor.CommandContext;
import org.operaton.bpm.engine.impl.interceptor.Session;
import org.operaton.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.operaton.bpm.engine.impl.pvm.process.ActivityImpl;
import org.operaton.bpm.engine.impl.pvm.process.TransitionImpl;

/** What one transaction told so far. A session of the engine: one for each of its commands, one thread. */
final class TransactionBuffer implements Session {
    private static final int LATELY = 64;

    private final Capture capture;
    private final CommandContext command;
    private final List<JourneyEvent> events = new ArrayList<>(16);
    // Most transactions need few of these.
    private Map<String, Integer> cancelledGateways = Map.of();
    private Map<String, Integer> decisions = Map.of();
    private Map<String, EntryRef> entries = Map.of();
    private @Nullable EntryRef lastEntry;
    private @Nullable VisitRef lastVisit;
    private @Nullable Instant lastInstant;
    private final Arrivals arrivals = new Arrivals();
    private final EngineTimes times = new EngineTimes();
    private Set<String> words = Set.of();
    private boolean registered;

    TransactionBuffer(Capture capture, CommandContext command) {
        this.capture = capture;
        this.command = command;
    }

    void add(JourneyEvent event) {
        if (!registered && !capture.isStrict()) {
            command.getTransactionContext().addTransactionListener(TransactionState.COMMITTED, committed -> publish());
            registered = true;
        }
        events.add(event);
    }

    /** The same word again in the same millisecond is told a nanosecond later: each counts. */
    void addWord(BiFunction<Instant, EntryRef, JourneyEvent> telling, Instant now, EntryRef entry) {
        JourneyEvent word = telling.apply(now, entry);
        if (words.isEmpty()) {
            words = new HashSet<>();
        }
        for (Instant later = now; !words.add(word.id()); ) {
            later = later.plusNanos(1);
            word = telling.apply(later, entry);
        }
        add(word);
    }

    /** The way it came by; null as {@link Arrivals} says. */
    VisitedNode.@Nullable Way way(ExecutionEntity execution, VisitedNode node, EntryRef entry) {
        return arrivals.way(execution, node, this, entry);
    }

    /** Most visits end in the transaction in which they began, with no other in between. */
    VisitRef visitOf(ExecutionEntity execution, VisitedNode node) {
        VisitRef last = lastVisit;
        if (last == null || !last.visitId().equals(execution.getActivityInstanceId())) {
            last = new VisitRef(node.id(), execution.getActivityInstanceId());
            lastVisit = last;
        }
        return last;
    }

    /** One object for all that happens in a millisecond. */
    Instant instant(long epochMilli) {
        Instant last = lastInstant;
        if (last == null || last.toEpochMilli() != epochMilli) {
            last = Instant.ofEpochMilli(epochMilli);
            lastInstant = last;
        }
        return last;
    }

    EngineTimes times() {
        return times;
    }

    /** Whether a visit to that node was completed lately in this transaction. */
    boolean hasLeft(EntryRef entry, String nodeId) {
        for (int i = events.size() - 1; i >= 0 && i >= events.size() - LATELY; i--) {
            if (events.get(i) instanceof JourneyEvent.NodeExited left
                    && !left.cancelled()
                    && left.visit().nodeId().equals(nodeId)
                    && left.entry().entryId().equals(entry.entryId())) {
                return true;
            }
        }
        return false;
    }

    void addLeft(ExecutionEntity execution, VisitedNode node, JourneyEvent.NodeExited left) {
        if (node.decides()) {
            decisions = put(decisions, execution.getId(), events.size());
        }
        add(left);
    }

    /** Only now, after the node's exit, the branch is known. */
    void took(ExecutionEntity execution, TransitionImpl transition) {
        arrivals.take(execution, transition);
        Integer place = decisions.isEmpty() ? null : decisions.remove(execution.getId());
        if (place != null
                && events.get(place) instanceof JourneyEvent.NodeExited left
                && left.visit().nodeId().equals(transition.getSource().getId())) {
            events.set(place, left.withOutcome(Arrivals.branch(transition)));
        }
    }

    void addCancelled(ExecutionEntity execution, VisitedNode node, JourneyEvent.NodeExited left) {
        if (node.isEventGateway()) {
            String gateway = gateway(execution, left.visit().nodeId());
            cancelledGateways = put(cancelledGateways, gateway, events.size());
        }
        add(left);
    }

    /** The engine cancels an event gateway when one of its events comes: nothing was abandoned, so its exit is mended. */
    void settleGateway(ExecutionEntity execution, VisitedNode arriving) {
        if (cancelledGateways.isEmpty() || !(arriving.activity().getEventScope() instanceof ActivityImpl gateway)) {
            return;
        }
        Integer place = cancelledGateways.remove(gateway(execution, gateway.getId()));
        if (place != null && events.get(place) instanceof JourneyEvent.NodeExited left) {
            JourneyEvent.NodeExited completed =
                    new JourneyEvent.NodeExited(left.envelope(), left.entry(), left.visit(), arriving.id(), false);
            events.set(place, completed);
        }
    }

    /** Without its place; null where nobody knows its user, who is asked for once for each instance and transaction. */
    @Nullable
    EntryRef entryOf(ExecutionEntity execution) {
        String id = execution.getProcessInstanceId();
        int version = execution.getProcessDefinition().getVersion();
        EntryRef known = lastEntry != null && lastEntry.entryId().equals(id) ? lastEntry : entries.get(id);
        if (known == null || known.version() != version) {
            String user = capture.context().users().userOf(new RootInstance(RootInstance.of(execution)));
            if (user == null) {
                return null;
            }
            known = new EntryRef(JourneyIds.of(execution.getProcessDefinition()), version, id, user);
            if (lastEntry != null) {
                entries = put(entries, lastEntry.entryId(), lastEntry);
            }
        }
        lastEntry = known;
        return known;
    }

    private static <T> Map<String, T> put(Map<String, T> map, String key, T value) {
        Map<String, T> grown = map.isEmpty() ? new HashMap<>() : map;
        grown.put(key, value);
        return grown;
    }

    private void publish() {
        registered = false;
        capture.handOver(take());
    }

    /** The engine writes what it holds: so do we in strict mode, into the same transaction. */
    @Override
    public void flush() {
        if (capture.isStrict() && !events.isEmpty()) {
            SqlSession database = command.getDbSqlSession().getSqlSession();
            endWithTheTransaction(database);
            capture.store(database.getConnection(), take());
        }
    }

    /** Where the engine writes nothing, MyBatis thinks there is nothing to commit or to roll back: it knows no row of ours. */
    private void endWithTheTransaction(SqlSession database) {
        TransactionContext transaction = command.getTransactionContext();
        if (transaction instanceof StandaloneTransactionContext) {
            transaction.addTransactionListener(TransactionState.ROLLINGBACK, failed -> database.rollback(true));
            transaction.addTransactionListener(TransactionState.COMMITTED, done -> database.commit(true));
        }
        transaction.addTransactionListener(TransactionState.COMMITTED, done -> capture.stored());
    }

    private JourneyEventBatch take() {
        JourneyEventBatch told = new JourneyEventBatch(events);
        events.clear();
        decisions = Map.of();
        cancelledGateways = Map.of();
        words = Set.of();
        return told;
    }

    @Override
    public void close() {}

    private static String gateway(ExecutionEntity execution, String nodeId) {
        return execution.getProcessInstanceId() + ' ' + nodeId;
    }
}
