package io.milepost.flowable;

import java.util.Collection;
import java.util.List;
import org.flowable.common.engine.api.delegate.event.FlowableEngineEntityEvent;
import org.flowable.common.engine.api.delegate.event.FlowableEngineEventType;
import org.flowable.common.engine.api.delegate.event.FlowableEvent;
import org.flowable.common.engine.api.delegate.event.FlowableEventListener;
import org.flowable.common.engine.api.delegate.event.FlowableEventType;
import org.flowable.engine.delegate.event.FlowableSequenceFlowTakenEvent;
import org.flowable.engine.history.HistoricActivityInstance;
import org.flowable.engine.history.HistoricProcessInstance;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.job.api.Job;

/**
 * What the engine says of itself. The events of the history are complete; those of activities miss the ends of deleted and
 * terminated ones.
 */
final class EngineEvents implements FlowableEventListener {
    private final Capture capture;

    EngineEvents(Capture capture) {
        this.capture = capture;
    }

    @Override
    public Collection<? extends FlowableEventType> getTypes() {
        return List.of(
                FlowableEngineEventType.HISTORIC_PROCESS_INSTANCE_CREATED,
                FlowableEngineEventType.PROCESS_STARTED,
                FlowableEngineEventType.HISTORIC_PROCESS_INSTANCE_ENDED,
                FlowableEngineEventType.HISTORIC_ACTIVITY_INSTANCE_CREATED,
                FlowableEngineEventType.HISTORIC_ACTIVITY_INSTANCE_ENDED,
                FlowableEngineEventType.SEQUENCEFLOW_TAKEN,
                FlowableEngineEventType.JOB_MOVED_TO_DEADLETTER);
    }

    @Override
    public void onEvent(FlowableEvent event) {
        capture.safely(event.getType().name(), () -> tell(event));
    }

    private void tell(FlowableEvent event) {
        if (event instanceof FlowableSequenceFlowTakenEvent flow) {
            capture.took(flow);
        } else if (event instanceof FlowableEngineEntityEvent told) {
            tell((FlowableEngineEventType) event.getType(), told.getEntity());
        }
    }

    private void tell(FlowableEngineEventType type, Object entity) {
        switch (type) {
            case HISTORIC_PROCESS_INSTANCE_CREATED -> capture.created((HistoricProcessInstance) entity);
            case PROCESS_STARTED -> capture.entered((ExecutionEntity) entity);
            case HISTORIC_PROCESS_INSTANCE_ENDED -> capture.exited((HistoricProcessInstance) entity);
            case HISTORIC_ACTIVITY_INSTANCE_CREATED -> capture.arrived((HistoricActivityInstance) entity);
            case HISTORIC_ACTIVITY_INSTANCE_ENDED -> capture.left((HistoricActivityInstance) entity);
            case JOB_MOVED_TO_DEADLETTER -> capture.gaveUp((Job) entity);
            default -> {}
        }
    }

    @Override
    public boolean isFailOnException() {
        return false;
    }

    @Override
    public boolean isFireOnTransactionLifecycleEvent() {
        return false;
    }

    @Override
    public String getOnTransaction() {
        return "";
    }
}
