package io.milepost.simulator.scenario;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The flow of one BPMN process, as far as it is executed here.
 *
 * @param steps by id, in the order of the file
 * @param start id of the one start event
 * @param xml the file itself
 */
public record Diagram(Map<String, Step> steps, String start, String xml) {

    public Step step(String id) {
        Step step = steps.get(id);
        if (step == null) {
            throw new IllegalArgumentException("no node '" + id + "'");
        }
        return step;
    }

    /** What a node does with the token that reaches it. */
    public enum Kind {
        START,
        ACTIVITY,
        SEND,
        WAIT,
        EVENT,
        DECISION,
        PARALLEL,
        END
    }

    /** @param incoming number of flows that lead here */
    public record Step(String id, @Nullable String name, Kind kind, List<Flow> flows, int incoming) {
        public Step {
            flows = List.copyOf(flows);
        }

        /** The flow of that name, else of that id; null where there is none. */
        public @Nullable Flow flow(String nameOrId) {
            for (Flow flow : flows) {
                if (nameOrId.equals(flow.name())) {
                    return flow;
                }
            }
            for (Flow flow : flows) {
                if (nameOrId.equals(flow.id())) {
                    return flow;
                }
            }
            return null;
        }
    }

    public record Flow(String id, @Nullable String name, String from, String to) {
        /** What a decision says it took: the flow's name, else its id. */
        public String outcome() {
            return name == null ? id : name;
        }
    }
}
