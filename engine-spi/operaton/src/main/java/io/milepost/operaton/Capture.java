package io.milepost.operaton;

import io.milepost.spi.AdapterContext;
import io.milepost.spi.Diagnostics;
import io.milepost.spi.EntryRef;
import io.milepost.spi.EventSource;
import io.milepost.spi.ExitReason;
import io.milepost.spi.Handover;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;
import io.milepost.spi.JourneyEventType;
import io.milepost.spi.Places;
import io.milepost.spi.VisitRef;
import io.milepost.transport.StrictMode;
import io.milepost.transport.Transport;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.engine.impl.context.Context;
import org.operaton.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.operaton.bpm.engine.impl.pvm.process.ActivityImpl;
import org.operaton.bpm.engine.impl.pvm.process.TransitionImpl;
import org.operaton.bpm.engine.impl.pvm.runtime.CompensationBehavior;
import org.operaton.bpm.engine.impl.pvm.runtime.operation.PvmAtomicOperation;
import org.operaton.bpm.engine.impl.util.ClockUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes events of what the engine's own listeners see and puts them into the transaction's {@link TransactionBuffer}.
 * Nothing here throws into the engine: what can't be told is counted.
 */
final class Capture {
    private static final Logger LOG = LoggerFactory.getLogger(JourneysPlugin.class);
    private static final String PROCESS_START = PvmAtomicOperation.PROCESS_START.getCanonicalName();
    private static final int WAITING_TRANSACTIONS = 16_384;

    private final AdapterContext context;
    private final JourneyEventSink sink;
    private final @Nullable Handover handover;
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong withoutUser = new AtomicLong();
    private final AtomicReference<Diagnostics.@Nullable Failure> lastFailure = new AtomicReference<>();
    private final boolean strict;
    private volatile @Nullable StrictMode strictMode;
    private volatile boolean closed;

    Capture(AdapterContext context) {
        this.context = context;
        strict = StrictMode.isWanted(context);
        // A transport has a queue of its own; others may do what they like on a thread that is not the engine's.
        handover = context.givenSink() instanceof Transport
                ? null
                : new Handover(context.sink(), WAITING_TRANSACTIONS, context.clock());
        sink = handover == null ? context.sink() : handover;
    }

    AdapterContext context() {
        return context;
    }

    /** What was told goes into the engine's database, with its own transaction, instead of on after the commit. */
    boolean isStrict() {
        return strict;
    }

    void open(String tablePrefix, DataSource database) {
        strictMode = new StrictMode(tablePrefix, database, context);
    }

    /** After the commit; doesn't throw into the engine. */
    void handOver(JourneyEventBatch batch) {
        safely("a transaction", () -> sink.emit(batch));
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

    /** Waits until all that was committed before has gone to the sink. */
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
        if (handover != null) {
            handover.close();
        }
        StrictMode storing = strictMode;
        if (storing != null) {
            storing.close();
        }
    }

    Diagnostics diagnostics() {
        Map<String, Long> counters =
                Map.of("capture.failures", failures.get(), "capture.without-user", withoutUser.get());
        Diagnostics captured = sink.diagnostics().plus(new Diagnostics(counters, lastFailure.get()));
        StrictMode storing = strictMode;
        return storing == null ? captured : captured.plus(storing.diagnostics());
    }

    /** Does that inside the engine, survives whatever it throws, and counts it. */
    void safely(String doing, Runnable work) {
        safely(doing, work, Runnable::run);
    }

    /** As {@link #safely(String, Runnable)}, without an object for each call. */
    <T> void safely(String doing, T subject, Consumer<T> work) {
        if (closed) {
            return;
        }
        try {
            work.accept(subject);
        } catch (RuntimeException | LinkageError e) {
            failed(doing, subject, e);
        }
    }

    /** In strict mode each is told, with what it was about: nothing else would say what is missing. */
    private void failed(String doing, Object subject, Throwable cause) {
        lastFailure.set(new Diagnostics.Failure(context.clock().instant(), doing, cause));
        long count = failures.incrementAndGet();
        if (strict) {
            LOG.error(
                    "{} could not be told, so it is lost to analytics: {}; {} such failures so far",
                    doing,
                    about(subject),
                    count,
                    cause);
        } else if (Long.bitCount(count) == 1) {
            LOG.warn("{} could not be told; the engine goes on. {} such failures so far", doing, count, cause);
        }
    }

    private static String about(Object subject) {
        return subject instanceof ExecutionEntity execution
                ? "process instance " + execution.getProcessInstanceId() + " of " + execution.getProcessDefinitionId()
                        + ", activity instance " + execution.getActivityInstanceId()
                : "of no instance";
    }

    void entered(ExecutionEntity execution) {
        TransactionBuffer buffer = buffer();
        EntryRef entry = entry(buffer, execution);
        if (entry == null) {
            return;
        }
        enter(buffer, execution, entry);
    }

    private void enter(TransactionBuffer buffer, ExecutionEntity execution, EntryRef entry) {
        Instant began = buffer.times().began(execution, now(buffer));
        JourneyEvent.JourneyEntered entered = source().journeyEntered(began, entry.at(Places.ofStart(began)));
        ExecutionEntity caller = execution.getProcessInstance().getSuperExecution();
        buffer.add(caller == null ? entered : entered.calledBy(caller.getProcessInstanceId()));
    }

    void exited(ExecutionEntity execution) {
        TransactionBuffer buffer = buffer();
        EntryRef entry = entry(buffer, execution);
        if (entry == null) {
            return;
        }
        ActivityImpl last = execution.getActivity();
        if (neverBegan(execution)) {
            enter(buffer, execution, entry);
        }
        ExitReason reason = Endings.reason(execution, last);
        Instant over = buffer.times().over(execution, now(buffer));
        buffer.add(source().journeyExited(over, entry.at(Places.ofEnd(over)), reason)
                .at(last == null ? null : last.getId()));
    }

    /** Deleted while the job in front of its start waited: the engine, and so we, had not told that it was entered. */
    private static boolean neverBegan(ExecutionEntity instance) {
        ActivityImpl start = instance.getProcessDefinition().getInitial();
        return instance.isCanceled()
                && start != null
                && start.isAsyncBefore()
                && instance.getJobs().stream()
                        .anyMatch(job -> start.getId().equals(job.getActivityId())
                                && PROCESS_START.equals(job.getJobHandlerConfigurationRaw()));
    }

    /** The engine counts a visit's arrival and its exit, one after the other. */
    void passed(ExecutionEntity execution, VisitedNode node) {
        arrived(execution, node, execution.getSequenceCounter() - 1);
        left(execution, node);
    }

    void arrived(ExecutionEntity execution, VisitedNode node) {
        arrived(execution, node, execution.getSequenceCounter());
    }

    private void arrived(ExecutionEntity execution, VisitedNode node, long counter) {
        TransactionBuffer buffer = buffer();
        EntryRef entry = entry(buffer, execution);
        if (entry == null) {
            return;
        }
        buffer.settleGateway(execution, node);
        Instant time = buffer.times().arrived(execution, now(buffer));
        VisitedNode.Way way = buffer.way(execution, node, entry);
        VisitRef visit = buffer.visitOf(execution, node);
        buffer.add(new JourneyEvent.NodeEntered(
                source().ofVisit(JourneyEventType.NODE_ENTERED, time, entry, visit),
                entry.at(Places.ofArrival(time, counter)),
                visit,
                way == null ? null : way.from(),
                way == null ? null : way.edgeId(),
                parentVisit(execution)));
    }

    void left(ExecutionEntity execution, VisitedNode node) {
        TransactionBuffer buffer = buffer();
        EntryRef entry = entry(buffer, execution);
        if (entry == null) {
            return;
        }
        EngineTimes.Stay stay = buffer.times().left(execution, now(buffer));
        EntryRef placed = entry.at(Places.ofExit(stay.arrived(), stay.left(), stay.counter()));
        JourneyEvent.NodeExited left = source().nodeExited(stay.left(), placed, buffer.visitOf(execution, node));
        if (execution.isCanceled()) {
            buffer.addCancelled(execution, node, left.asCancelled());
        } else {
            buffer.addLeft(execution, node, left);
        }
    }

    void took(ExecutionEntity execution, TransitionImpl transition) {
        buffer().took(execution, transition);
    }

    void tell(JourneyEvent event) {
        buffer().add(event);
    }

    /** What is neither an arrival nor an exit, at its place among them; nothing where nobody knows the user. */
    void word(ExecutionEntity execution, BiFunction<Instant, EntryRef, JourneyEvent> telling) {
        TransactionBuffer buffer = buffer();
        EntryRef entry = entry(buffer, execution);
        if (entry != null) {
            Instant now = now(buffer);
            buffer.addWord(telling, now, entry.at(Places.ofWord(now, execution.getSequenceCounter())));
        }
    }

    /** Without its place. Null where nobody knows the user: such an entry is not told, but counted. */
    @Nullable
    private EntryRef entry(TransactionBuffer buffer, ExecutionEntity execution) {
        EntryRef entry = buffer.entryOf(execution);
        if (entry == null) {
            if (Long.bitCount(withoutUser.incrementAndGet()) == 1) {
                LOG.warn(
                        "Process instances of {} have no user and are not told ({} events so far). Give them a business"
                                + " key, or say by the plugin's setting 'user' where the user is found",
                        execution.getProcessDefinition().getKey(),
                        withoutUser.get());
            }
        }
        return entry;
    }

    EventSource source() {
        return context.source();
    }

    /** By the engine's clock, which tests may move. */
    private static Instant now(TransactionBuffer buffer) {
        return buffer.instant(ClockUtil.getCurrentTime().getTime());
    }

    static TransactionBuffer buffer() {
        return Context.getCommandContext().getSession(TransactionBuffer.class);
    }

    /** As the engine's history has it: what compensates belongs to where it is drawn, not to what threw. */
    private static @Nullable String parentVisit(ExecutionEntity execution) {
        ExecutionEntity around = execution.getParent();
        boolean compensates = around != null && CompensationBehavior.isCompensationThrowing(around);
        String parent = compensates
                ? CompensationBehavior.getParentActivityInstanceId(execution)
                : execution.getParentActivityInstanceId();
        return parent == null || parent.equals(execution.getProcessInstanceId()) ? null : parent;
    }
}
