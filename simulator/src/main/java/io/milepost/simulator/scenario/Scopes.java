package io.milepost.simulator.scenario;

import io.milepost.simulator.scenario.Diagram.Cause;
import io.milepost.simulator.scenario.Diagram.Kind;
import io.milepost.simulator.scenario.Diagram.Step;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The process itself and its sub-processes, as places where tokens go. */
public final class Scopes {
    private Scopes() {}

    /**
     * Where a scope begins: at its one start event (of several the first that waits for nothing, else the first); without
     * one, at all nodes nothing leads to.
     *
     * @param scope id of the sub-process; null = the process
     */
    public static List<String> starts(Map<String, Step> steps, @Nullable String scope) {
        List<Step> inside = steps.values().stream()
                .filter(step -> Objects.equals(step.inside(), scope))
                .toList();
        List<Step> events =
                inside.stream().filter(step -> step.kind() == Kind.START).toList();
        if (!events.isEmpty()) {
            return List.of(events.stream()
                    .filter(step -> step.trigger() == null)
                    .findFirst()
                    .orElse(events.get(0))
                    .id());
        }
        return inside.stream().filter(Scopes::beginsByItself).map(Step::id).toList();
    }

    private static boolean beginsByItself(Step step) {
        return step.incoming() == 0
                && !step.isHandler()
                && step.kind() != Kind.BOUNDARY
                && step.kind() != Kind.EVENT_SUB_PROCESS
                && !(step.kind() == Kind.EVENT && step.waitsFor(Cause.LINK));
    }
}
