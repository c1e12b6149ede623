package io.milepost.flowable;

import io.milepost.spi.UserResolver;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.ProcessDefinitionUtil;
import org.jspecify.annotations.Nullable;

/** The outermost process instance, as resolvers see it. */
record RootInstance(ExecutionEntity execution) implements UserResolver.Instance {

    static ExecutionEntity of(ExecutionEntity execution) {
        ExecutionEntity instance = execution.getProcessInstance();
        for (ExecutionEntity caller = instance.getSuperExecution();
                caller != null;
                caller = instance.getSuperExecution()) {
            instance = caller.getProcessInstance();
        }
        return instance;
    }

    @Override
    public String id() {
        return execution.getId();
    }

    @Override
    public String journeyId() {
        return JourneyIds.of(ProcessDefinitionUtil.getProcessDefinition(execution.getProcessDefinitionId()));
    }

    @Override
    public @Nullable String businessKey() {
        return execution.getBusinessKey();
    }

    @Override
    public @Nullable Object variable(String name) {
        return execution.getVariable(name);
    }

    @Override
    public @Nullable String tenantId() {
        return execution.getTenantId();
    }
}
