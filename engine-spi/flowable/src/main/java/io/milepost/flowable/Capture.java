package io.milepost.flowable;

import io.milepost.spi.AdapterContext;
import io.milepost.spi.Diagnostics;
import io.milepost.spi.EntryRef;
import io.milepost.spi.EventSource;
import io.milepost.spi.Handover;
import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.MessageRef;
import io.milepost.spi.NodeType;
import io.milepost.spi.Places;
import io.milepost.spi.VisitRef;
import io.milepost.transport.StrictMode;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.bpmn.model.SubProcess;
import org.flowable.common.engine.impl.context.Context;
import org.flowable.engine.delegate.event.FlowableSequenceFlowTakenEvent;
import org.flowable.engine.history.HistoricActivityInstance;
import org.flowable.engine.history.HistoricProcessInstance;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.persistence.entity.ActivityInstanceEntity;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.flowable.engine.impl.util.ProcessDefinitionUtil;
import org.flowable.engine.repository.ProcessDefinition;
import org.flowable.job.api.Job;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes events of what the engine records in its history, at once, since the engine changes its entities later, and puts
 * them into the transaction's {@link TransactionBuffer}. Nothing here throws into the engine: what can't be told is counted.
 */
final class Capture {
    private static final Logger LOG = LoggerFactory.getLogger(JourneysConfigurator.class);
    private static final int WAITING_TRANSACTIONS = 16_384;

    private final AdapterContext context;
    private final @Nullable Handover handover;
    private final boolean strict;
    private volatile @Nullable StrictMode strictMode;
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong withoutUser = new AtomicLong();
    private final AtomicReference<Diagnostics.@Nullable Failure> lastFailure = new AtomicReference<>();
    private final Map<String, JourneyDefinition> definitions = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Capture(AdapterContext context) {
        this.context = context;
        strict = StrictMode.isWanted(context);
        handover = strict ? null : new Handover(context.sink(), WAITING_TRANSACTIONS, context.clock());
    }

    AdapterContext context() {
        return context;
    }

    /** What was told goes into the engine's database, with its own transaction, instead of on after the commit. */
    boolean isStrict() {
        return strict;
    }

    void open(ProcessEngineConfigurationImpl engine) {
        strictMode = new StrictMode(engine.getDatabaseTablePrefix(), engine.getDataSource(), context);
    }

    /** After the commit; doesn't throw into the engine. */
    void handOver(JourneyEventBatch batch) {
        if (handover != null) {
            safely("a transaction", () -> handover.emit(batch));
        }
    }

    /** Before the commit; throws where it can't. */
    void store(Connection engines, JourneyEventBatch batch) {
        StrictMode storing = strictMode;
        if (storing != null) {
            storing.store(engines, batch);
        }
    }

    void stored() {
        StrictMode storing = strictMode;
        if (storing != null) {
            storing.committed();
        }
    }

    boolean flush(Duration deadline) {
        StrictMode storing = strictMode;
        if (storing != null) {
            return storing.flush(deadline);
        }
        return handover == null || handover.flush(deadline);
    }

    /** In strict mode the engine's transactions go on to be stored: only the relay ends. */
    void close() {
        closed = !strict;
        StrictMode storing = strictMode;
        if (storing != null) {
            storing.close();
        }
        if (handover != null) {
            handover.close();
        }
    }

    Diagnostics diagnostics() {
        Map<String, Long> counters =
                Map.of("capture.failures", failures.get(), "capture.without-user", withoutUser.get());
        Diagnostics captured = new Diagnostics(counters, lastFailure.get());
        StrictMode storing = strictMode;
        if (storing != null) {
            return storing.diagnostics().plus(captured);
        }
        return handover == null ? captured : handover.diagnostics().plus(captured);
    }

    /** Does that inside the engine, survives whatever it throws, and counts it. */
    void safely(String doing, Runnable work) {
        if (closed) {
            return;
        }
        try {
            work.run();
        } catch (RuntimeException | LinkageError e) {
            lastFailure.set(new Diagnostics.Failure(context.clock().instant(), doing, e));
            long count = failures.incrementAndGet();
            if (strict) {
                LOG.error("{} could not be told, so it is lost to analytics. {} such failures so far", doing, count, e);
            } else if (Long.bitCount(count) == 1) {
                LOG.warn("{} could not be told; the engine goes on. {} such failures so far", doing, count, e);
            }
        }
    }

    void defined(ProcessDefinition process, JourneyDefinition definition, Date deployed) {
        definitions.put(process.getId(), definition);
        tell(source().journeyDefined(deployed.toInstant(), definition));
    }

    /** Not told at once: its variables, and with them perhaps its user, are not set yet. */
    void created(HistoricProcessInstance instance) {
        buffer().create(instance.getId(), instant(instance.getStartTime()));
    }

    void entered(ExecutionEntity execution) {
        Instant began = buffer().enter(execution.getProcessInstanceId());
        EntryRef entry = began == null ? null : entry(execution);
        if (began != null && entry != null) {
            ExecutionEntity caller = execution.getProcessInstance().getSuperExecution();
            tell(source().journeyEntered(began, entry.at(Places.ofStart(began)))
                    .calledBy(caller == null ? null : caller.getProcessInstanceId()));
        }
    }

    void exited(HistoricProcessInstance past) {
        ExecutionEntity execution = execution(past.getId());
        EntryRef entry = execution == null ? null : entry(execution);
        if (entry != null) {
            String last = past.getEndActivityId();
            Instant over = instant(past.getEndTime());
            tell(source().journeyExited(over, entry.at(Places.ofEnd(over)), Endings.reason(past.getDeleteReason()))
                    .at(last));
        }
    }

    void arrived(HistoricActivityInstance visit) {
        ExecutionEntity execution =
                Visits.isFlow(visit) || Visits.isBoundary(visit) ? null : execution(visit.getExecutionId());
        if (execution == null) {
            return;
        }
        entered(execution);
        EntryRef entry = entry(execution);
        if (entry != null) {
            JourneyEvent.NodeEntered arrived = Visits.arrived(source(), entry, visit, instant(visit.getStartTime()))
                    .within(parentVisit(execution, visit.getActivityId()));
            FlowableSequenceFlowTakenEvent flow = buffer().flowTo(visit.getExecutionId(), visit.getActivityId());
            tell(flow == null ? arrived : arrived.from(flow.getSourceActivityId(), flow.getId()));
        }
    }

    void left(HistoricActivityInstance visit) {
        ExecutionEntity execution =
                Visits.isFlow(visit) || !buffer().endsFirst(visit.getId()) ? null : execution(visit.getExecutionId());
        if (execution == null) {
            return;
        }
        EntryRef entry = entry(execution);
        if (entry == null) {
            return;
        }
        JourneyEvent.NodeExited left = Visits.left(source(), entry, visit, instant(visit.getEndTime()));
        if (Visits.isBoundary(visit)) {
            boundaryEnded(visit, entry, left);
        } else if (Endings.isCancelled(visit, execution.getCurrentFlowElement())) {
            tell(left.asCancelled());
        } else if ("exclusiveGateway".equals(visit.getActivityType())) {
            buffer().addDecision(visit.getExecutionId(), left);
        } else {
            tell(left);
        }
    }

    /**
     * The engine's visit to a boundary event begins with that of its host and may end with it. What is told is the event
     * that came: it is known by the flow it takes next.
     */
    private void boundaryEnded(HistoricActivityInstance visit, EntryRef entry, JourneyEvent.NodeExited left) {
        if (visit.getDeleteReason() == null) {
            buffer().await(visit.getProcessInstanceId(), Visits.came(source(), entry, visit, left.time()));
        }
    }

    void took(FlowableSequenceFlowTakenEvent flow) {
        buffer().took(flow);
    }

    /** The engine gave a job up: a send is a failed message, by the id of its job. */
    void gaveUp(Job job) {
        ExecutionEntity execution = job.getExecutionId() == null ? null : execution(job.getExecutionId());
        String node = job.getElementId();
        JourneyDefinition.@Nullable Node role = node == null ? null : role(job.getProcessDefinitionId(), node);
        if (execution == null || role == null || !role.type().equals(NodeType.SEND.wireName())) {
            return;
        }
        String id = job.getCorrelationId() == null ? job.getId() : job.getCorrelationId();
        MessageRef lost = new MessageRef(role.id(), id, channel(role));
        word(execution, (now, entry) -> source().messageFailed(now, entry, lost, job.getExceptionMessage()));
    }

    /** What is neither an arrival nor an exit, at its place among them; nothing where nobody knows the user. */
    void word(ExecutionEntity execution, BiFunction<Instant, EntryRef, JourneyEvent> telling) {
        EntryRef entry = entry(execution);
        if (entry != null) {
            Instant now = now();
            ActivityInstanceEntity visit = visit(execution);
            Integer order = visit == null ? null : visit.getTransactionOrder();
            buffer().addWord(telling, now, entry.at(Places.ofWord(now, order == null ? 0 : order)));
        }
    }

    /** As the modeller said, else {@code other}. */
    String channelOf(ExecutionEntity execution) {
        return channel(role(execution.getProcessDefinitionId(), execution.getCurrentActivityId()));
    }

    /** The visit this execution is at; of none of its own, its execution. */
    VisitRef visitOf(ExecutionEntity execution) {
        ActivityInstanceEntity visit = visit(execution);
        return new VisitRef(execution.getCurrentActivityId(), visit == null ? execution.getId() : visit.getId());
    }

    void tell(JourneyEvent event) {
        buffer().add(event);
    }

    EventSource source() {
        return context.source();
    }

    /** By the engine's clock, which tests may move. */
    Instant now() {
        return CommandContextUtil.getProcessEngineConfiguration()
                .getClock()
                .getCurrentTime()
                .toInstant();
    }

    private @Nullable EntryRef entry(ExecutionEntity execution) {
        ProcessDefinition process = ProcessDefinitionUtil.getProcessDefinition(execution.getProcessDefinitionId());
        String user = buffer().userOf(execution);
        if (user == null) {
            if (Long.bitCount(withoutUser.incrementAndGet()) == 1) {
                LOG.warn(
                        "Process instances of {} have no user and are not told ({} events so far). Give them a business"
                                + " key, or say by the configurator's setting 'user' where the user is found",
                        process.getKey(),
                        withoutUser.get());
            }
            return null;
        }
        return new EntryRef(JourneyIds.of(process), process.getVersion(), execution.getProcessInstanceId(), user);
    }

    private JourneyDefinition.@Nullable Node role(String processDefinitionId, String nodeId) {
        JourneyDefinition definition = definitions.get(processDefinitionId);
        return definition == null
                ? null
                : definition.nodes().stream()
                        .filter(node -> node.id().equals(nodeId))
                        .findFirst()
                        .orElse(null);
    }

    private static String channel(JourneyDefinition.@Nullable Node role) {
        return role == null || role.channel() == null ? "other" : role.channel();
    }

    private static TransactionBuffer buffer() {
        return Context.getCommandContext().getSession(TransactionBuffer.class);
    }

    private static @Nullable ExecutionEntity execution(String id) {
        return CommandContextUtil.getExecutionEntityManager().findById(id);
    }

    private static @Nullable String parentVisit(ExecutionEntity execution, String nodeId) {
        ExecutionEntity parent = execution.getParent();
        if (parent == null || parent.isProcessInstanceType()) {
            return null;
        }
        if (parent.isMultiInstanceRoot()) {
            return Visits.body(execution.getProcessInstanceId(), nodeId);
        }
        FlowElement node = execution.getCurrentFlowElement();
        SubProcess inside = node == null ? null : node.getSubProcess();
        if (inside != null && Visits.isOneOfMany(inside)) {
            return Visits.body(execution.getProcessInstanceId(), inside.getId());
        }
        ActivityInstanceEntity around = visit(parent);
        return around == null ? null : around.getId();
    }

    private static @Nullable ActivityInstanceEntity visit(ExecutionEntity execution) {
        return CommandContextUtil.getActivityInstanceEntityManager().findUnfinishedActivityInstance(execution);
    }

    private Instant instant(@Nullable Date time) {
        return time == null ? now() : time.toInstant();
    }
}
