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
        return reason(last, execution.isCanceled() || execution.isExternallyTerminated());
    }

    /** @param last null = it was cut off, and ended nowhere */
    static ExitReason reason(@Nullable ActivityImpl last, boolean cancelled) {
        if (last != null && "errorEndEvent".equals(last.getProperty("type"))) {
            return ExitReason.FAILED;
        }
        if (cancelled) {
            return ExitReason.CANCELLED;
        }
        return last != null && Roles.typeOf(last) == NodeType.GOAL ? ExitReason.GOAL : ExitReason.COMPLETED;
    }
}
