package io.milepost.flowable;

import io.milepost.spi.BpmnReader;
import java.util.List;
import java.util.Map;
import org.flowable.common.engine.api.repository.EngineDeployment;
import org.flowable.common.engine.api.repository.EngineResource;
import org.flowable.common.engine.impl.EngineDeployer;
import org.flowable.engine.impl.persistence.entity.DeploymentEntity;
import org.flowable.engine.impl.persistence.entity.ProcessDefinitionEntity;

/** Tells each deployed version, and again, with the same id, when the engine loads one after a restart. */
final class DefinitionTelling implements EngineDeployer {
    private final Capture capture;

    DefinitionTelling(Capture capture) {
        this.capture = capture;
    }

    @Override
    public void deploy(EngineDeployment deployment, Map<String, Object> settings) {
        List<ProcessDefinitionEntity> processes =
                ((DeploymentEntity) deployment).getDeployedArtifacts(ProcessDefinitionEntity.class);
        if (processes != null) {
            processes.forEach(process -> capture.safely("a definition", () -> tell(process, deployment)));
        }
    }

    private void tell(ProcessDefinitionEntity process, EngineDeployment deployment) {
        EngineResource diagram = deployment.getResources().get(process.getResourceName());
        if (diagram == null) {
            throw new IllegalStateException("the deployment lacks " + process.getResourceName());
        }
        String bpmn = BpmnReader.text(diagram.getBytes());
        capture.defined(
                process,
                BpmnReader.read(
                        bpmn,
                        process.getKey(),
                        JourneyIds.of(process),
                        process.getVersion(),
                        capture.context().nodes()),
                deployment.getDeploymentTime());
    }

    @Override
    public void undeploy(EngineDeployment deployment, boolean cascade) {}
}
