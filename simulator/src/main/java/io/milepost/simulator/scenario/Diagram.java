package io.milepost.simulator.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The flow of one BPMN process, at every level; or of nodes written in the scenario.
 *
 * @param process its id; that of the journey where there is no file
 * @param steps by id, in the order of the file, an inner one after the sub-process it is in
 * @param starts where an entry begins
 * @param xml the file itself; null = there is none
 */
public record Diagram(String process, Map<String, Step> steps, List<String> starts, @Nullable String xml) {

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
        THROW,
        /** Undoes what was completed beside it. */
        COMPENSATE,
        /** Takes one way. */
        DECISION,
        /** Takes all ways, waits for all. */
        PARALLEL,
        /** Takes some ways, waits for those that can still come. */
        INCLUSIVE,
        /** Takes the way of the event that comes first. */
        RACE,
        SUB_PROCESS,
        /** Begins beside the others, or instead of them, when its event comes. */
        EVENT_SUB_PROCESS,
        CALL,
        BOUNDARY,
        END,
        /** Ends all of its scope. */
        TERMINATE
    }

    /** What an event waits for or tells. */
    public enum Cause {
        TIMER,
        MESSAGE,
        SIGNAL,
        CONDITION,
        ERROR,
        ESCALATION,
        COMPENSATION,
        LINK,
        CANCEL
    }

    /**
     * @param code of an error or escalation, name of a message, signal or link; null = any
     * @param after of a timer, where the diagram says it in numbers
     * @param times a timer comes, 1 but where it is a cycle
     */
    public record Trigger(Cause cause, @Nullable String code, @Nullable Duration after, int times) {
        /** As a scenario writes it: {@code timer: PT2H}, {@code message: paid}, {@code error: DECLINED}, or {@code error}. */
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Trigger read(JsonNode written) {
            return Triggers.written(written);
        }
    }

    /** @param times 0 = the diagram does not say it in numbers */
    public record Many(int times, boolean sequential) {}

    /**
     * @param incoming number of flows that lead here
     * @param inside id of the sub-process it is in; null = in none
     * @param trigger null = it is no event, or one of none
     * @param on the activity a boundary event sits on
     * @param interrupts whether a boundary event or the start of an event sub-process ends what runs
     * @param calls id of the called process
     * @param handler of a compensation event: what undoes the activity
     * @param isHandler whether it only runs when it is to undo something
     * @param line in the file
     */
    public record Step(
            String id,
            @Nullable String name,
            Kind kind,
            List<Flow> flows,
            int incoming,
            @Nullable String inside,
            @Nullable Trigger trigger,
            @Nullable String on,
            boolean interrupts,
            @Nullable Many many,
            @Nullable String calls,
            @Nullable String handler,
            boolean isHandler,
            int line) {
        public Step {
            flows = List.copyOf(flows);
        }

        public boolean waitsFor(Cause cause) {
            return trigger != null && trigger.cause == cause;
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

    /** @param id null = no sequence flow but a pair of link events */
    public record Flow(@Nullable String id, @Nullable String name, String from, String to) {
        /** What a decision says it took: the flow's name, else its id, else where it leads. */
        public String outcome() {
            if (name != null) {
                return name;
            }
            return id == null ? to : id;
        }
    }
}
