package io.milepost.operaton;

import io.milepost.spi.UserResolver;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.engine.impl.persistence.entity.ExecutionEntity;

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
        return JourneyIds.of(execution.getProcessDefinition());
    }

    @Override
    public @Nullable String businessKey() {
        return execution.getProcessBusinessKey();
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
