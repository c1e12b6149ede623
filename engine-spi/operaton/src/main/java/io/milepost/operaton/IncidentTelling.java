package io.milepost.operaton;

import io.milepost.spi.MessageRef;
import io.milepost.spi.NodeType;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.engine.impl.context.Context;
import org.operaton.bpm.engine.impl.incident.IncidentContext;
import org.operaton.bpm.engine.impl.incident.IncidentHandler;
import org.operaton.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.operaton.bpm.engine.impl.pvm.process.ActivityImpl;
import org.operaton.bpm.engine.runtime.Incident;

/**
 * A send the engine gives up is a failed message. Its tries were rolled back and told nothing; the job that failed is the
 * message's id.
 */
final class IncidentTelling implements IncidentHandler {
    private final IncidentHandler engines;
    private final Capture capture;

    IncidentTelling(IncidentHandler engines, Capture capture) {
        this.engines = engines;
        this.capture = capture;
    }

    @Override
    public String getIncidentHandlerType() {
        return engines.getIncidentHandlerType();
    }

    @Override
    public Incident handleIncident(IncidentContext incident, String message) {
        capture.safely("an incident", () -> tell(incident, message));
        return engines.handleIncident(incident, message);
    }

    @Override
    public void resolveIncident(IncidentContext incident) {
        engines.resolveIncident(incident);
    }

    @Override
    public void deleteIncident(IncidentContext incident) {
        engines.deleteIncident(incident);
    }

    private void tell(IncidentContext incident, @Nullable String reason) {
        if (incident.getExecutionId() == null || incident.getConfiguration() == null) {
            return;
        }
        ExecutionEntity execution =
                Context.getCommandContext().getExecutionManager().findExecutionById(incident.getExecutionId());
        String nodeId =
                incident.getFailedActivityId() == null ? incident.getActivityId() : incident.getFailedActivityId();
        ActivityImpl node =
                execution == null ? null : execution.getProcessDefinition().findActivity(nodeId);
        if (node == null || Roles.typeOf(node) != NodeType.SEND) {
            return;
        }
        MessageRef lost = new MessageRef(nodeId, incident.getConfiguration(), Roles.channelOf(node));
        capture.word(execution, (now, entry) -> capture.source().messageFailed(now, entry, lost, reason));
    }
}
