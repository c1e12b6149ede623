package io.milepost.operaton;

import io.milepost.spi.BpmnReader;
import io.milepost.spi.JourneyDefinition;
import java.time.Instant;
import java.util.List;
import org.operaton.bpm.engine.impl.persistence.deploy.Deployer;
import org.operaton.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.operaton.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;

/**
 * Tells each deployed version, and again, with the same id, when the engine loads one after a restart: so journeys
 * deployed before Milepost came are told as soon as they are used.
 */
final class DefinitionTelling implements Deployer {
    private final Capture capture;

    DefinitionTelling(Capture capture) {
        this.capture = capture;
    }

    @Override
    public void deploy(DeploymentEntity deployment) {
        List<ProcessDefinitionEntity> processes = deployment.getDeployedArtifacts(ProcessDefinitionEntity.class);
        if (processes != null) {
            processes.forEach(process -> capture.safely("a definition", () -> tell(process, deployment)));
        }
    }

    private void tell(ProcessDefinitionEntity process, DeploymentEntity deployment) {
        String bpmn = BpmnReader.text(
                deployment.getResource(process.getResourceName()).getBytes());
        JourneyDefinition definition = BpmnReader.read(
                bpmn,
                process.getKey(),
                JourneyIds.of(process),
                process.getVersion(),
                capture.context().nodes());
        Roles.remember(definition, process);
        Instant deployed = deployment.getDeploymentTime().toInstant();
        capture.tell(capture.source().journeyDefined(deployed, definition));
    }
}
