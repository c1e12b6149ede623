package io.milepost.operaton;

import io.milepost.spi.ExitReason;
import io.milepost.spi.NodeType;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.operaton.bpm.engine.impl.pvm.process.ActivityImpl;

/** Why an entry is over. */
final class Endings {
    private Endings() {}

    static ExitReason reason(ExecutionEntity execution, @Nullable ActivityImpl last) {
        if (last != null && "errorEndEvent".equals(last.getProperty("type"))) {
            return ExitReason.FAILED;
        }
        if (execution.isCanceled() || execution.isExternallyTerminated()) {
            return ExitReason.CANCELLED;
        }
        if (last != null && Roles.typeOf(last) == NodeType.GOAL) {
            return ExitReason.GOAL;
        }
        return ExitReason.COMPLETED;
    }
}
