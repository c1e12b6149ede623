package io.milepost.operaton;

import java.util.List;
import org.operaton.bpm.engine.impl.context.Context;
import org.operaton.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.operaton.bpm.engine.impl.history.event.HistoryEvent;
import org.operaton.bpm.engine.impl.history.event.HistoryEventTypes;
import org.operaton.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.operaton.bpm.engine.impl.interceptor.CommandContext;
import org.operaton.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.operaton.bpm.engine.impl.persistence.entity.HistoricProcessInstanceEntity;
import org.operaton.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;

/** Migrations fire no listener: they show in the engine's history events alone. */
final class MigrationTelling implements HistoryEventHandler {
    private final Capture capture;

    MigrationTelling(Capture capture) {
        this.capture = capture;
    }

    @Override
    public void handleEvent(HistoryEvent event) {
        // Of the same type, by the engine's word, are the events of its visits and variables.
        if (event instanceof HistoricProcessInstanceEventEntity
                && event.isEventOfType(HistoryEventTypes.PROCESS_INSTANCE_MIGRATE)) {
            capture.safely("a migration", () -> tell(event));
        }
    }

    @Override
    public void handleEvents(List<HistoryEvent> events) {
        events.forEach(this::handleEvent);
    }

    private void tell(HistoryEvent event) {
        CommandContext command = Context.getCommandContext();
        // Not yet written: the history still has the version the entry comes from.
        HistoricProcessInstanceEntity before =
                command.getHistoricProcessInstanceManager().findHistoricProcessInstance(event.getProcessInstanceId());
        ExecutionEntity execution = command.getExecutionManager().findExecutionById(event.getProcessInstanceId());
        ProcessDefinitionEntity from = Context.getProcessEngineConfiguration()
                .getDeploymentCache()
                .findDeployedProcessDefinitionById(before.getProcessDefinitionId());
        capture.word(execution, (now, entry) -> capture.source().journeyMigrated(now, entry, from.getVersion()));
    }
}
