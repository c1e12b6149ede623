package io.milepost.flowable;

import io.milepost.spi.EntryRef;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.ibatis.session.SqlSession;
import org.flowable.common.engine.impl.cfg.TransactionContext;
import org.flowable.common.engine.impl.cfg.TransactionState;
import org.flowable.common.engine.impl.cfg.standalone.StandaloneMybatisTransactionContext;
import org.flowable.common.engine.impl.context.Context;
import org.flowable.common.engine.impl.interceptor.Session;
import org.flowable.engine.delegate.event.FlowableSequenceFlowTakenEvent;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.jspecify.annotations.Nullable;

/** What one transaction told so far. A session of the engine: one for each of its commands, one thread. */
final class TransactionBuffer implements Session {
    private final Capture capture;
    private final List<JourneyEvent> events = new ArrayList<>();
    private final Map<String, String> users = new HashMap<>();
    private final Map<String, FlowableSequenceFlowTakenEvent> taken = new HashMap<>();
    private final Map<String, Integer> decisions = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final Map<String, List<JourneyEvent>> boundaries = new HashMap<>();
    private final Map<String, Instant> created = new HashMap<>();
    private final Set<String> words = new HashSet<>();
    /** The engine forgets it before it flushes. */
    private @Nullable TransactionContext transaction;

    private boolean registered;

    TransactionBuffer(Capture capture) {
        this.capture = capture;
    }

    void add(JourneyEvent event) {
        if (transaction == null) {
            transaction = Context.getTransactionContext();
        }
        if (!registered && !capture.isStrict()) {
            transaction.addTransactionListener(TransactionState.COMMITTED, committed -> publish());
            registered = true;
        }
        events.add(event);
    }

    /** The same word again in the same millisecond is told a nanosecond later: each counts. */
    void addWord(BiFunction<Instant, EntryRef, JourneyEvent> telling, Instant now, EntryRef entry) {
        JourneyEvent word = telling.apply(now, entry);
        for (Instant later = now; !words.add(word.id()); ) {
            later = later.plusNanos(1);
            word = telling.apply(later, entry);
        }
        add(word);
    }

    void create(String instanceId, Instant began) {
        created.put(instanceId, began);
    }

    /** When it began, once for each instance created in this transaction; else null. */
    @Nullable
    Instant enter(String instanceId) {
        return created.remove(instanceId);
    }

    /** The engine may tell an end twice. */
    boolean endsFirst(String visitId) {
        return ended.add(visitId);
    }

    void addDecision(String executionId, JourneyEvent.NodeExited left) {
        decisions.put(executionId, events.size());
        add(left);
    }

    /** Tells these, an arrival and an exit, once a flow leads on from their node. */
    void await(String instanceId, List<JourneyEvent> came) {
        JourneyEvent.NodeExited left = (JourneyEvent.NodeExited) came.get(1);
        boundaries.put(instanceId + ' ' + left.visit().nodeId(), came);
    }

    /** The branch a decision took is known only after its exit. */
    void took(FlowableSequenceFlowTakenEvent flow) {
        taken.put(flow.getExecutionId(), flow);
        List<JourneyEvent> came = boundaries.remove(flow.getProcessInstanceId() + ' ' + flow.getSourceActivityId());
        if (came != null) {
            came.forEach(this::add);
        }
        Integer place = decisions.remove(flow.getExecutionId());
        if (place != null
                && events.get(place) instanceof JourneyEvent.NodeExited left
                && left.visit().nodeId().equals(flow.getSourceActivityId())) {
            events.set(place, left.withOutcome(flow.getId()));
        }
    }

    @Nullable
    FlowableSequenceFlowTakenEvent flowTo(String executionId, String nodeId) {
        FlowableSequenceFlowTakenEvent flow = taken.get(executionId);
        return flow != null && nodeId.equals(flow.getTargetActivityId()) ? flow : null;
    }

    /** Null where nobody knows. Asked once for each instance and transaction. */
    @Nullable
    String userOf(ExecutionEntity execution) {
        String known = users.get(execution.getProcessInstanceId());
        if (known == null) {
            known = capture.context().users().userOf(new RootInstance(RootInstance.of(execution)));
            if (known != null) {
                users.put(execution.getProcessInstanceId(), known);
            }
        }
        return known;
    }

    private void publish() {
        registered = false;
        capture.handOver(take());
    }

    /** The engine writes what it holds: so do we in strict mode, into the same transaction. */
    @Override
    public void flush() {
        if (capture.isStrict() && transaction != null && !events.isEmpty()) {
            SqlSession database = CommandContextUtil.getDbSqlSession().getSqlSession();
            endWith(transaction, database);
            capture.store(database.getConnection(), take());
        }
    }

    /** MyBatis commits and rolls back what it wrote itself; it knows no row of ours. */
    private void endWith(TransactionContext ending, SqlSession database) {
        if (ending instanceof StandaloneMybatisTransactionContext) {
            ending.addTransactionListener(TransactionState.ROLLINGBACK, failed -> database.rollback(true));
            ending.addTransactionListener(TransactionState.COMMITTED, done -> database.commit(true));
        }
        ending.addTransactionListener(TransactionState.COMMITTED, done -> capture.stored());
    }

    private JourneyEventBatch take() {
        JourneyEventBatch told = new JourneyEventBatch(Endings.last(events));
        events.clear();
        decisions.clear();
        words.clear();
        return told;
    }

    @Override
    public void close() {}
}
