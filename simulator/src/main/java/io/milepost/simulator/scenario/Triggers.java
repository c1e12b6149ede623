package io.milepost.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.milepost.simulator.scenario.Diagram.Cause;
import io.milepost.simulator.scenario.Diagram.Trigger;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.model.bpmn.instance.CancelEventDefinition;
import org.operaton.bpm.model.bpmn.instance.CatchEvent;
import org.operaton.bpm.model.bpmn.instance.CompensateEventDefinition;
import org.operaton.bpm.model.bpmn.instance.ConditionalEventDefinition;
import org.operaton.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.operaton.bpm.model.bpmn.instance.EscalationEventDefinition;
import org.operaton.bpm.model.bpmn.instance.EventDefinition;
import org.operaton.bpm.model.bpmn.instance.Expression;
import org.operaton.bpm.model.bpmn.instance.FlowNode;
import org.operaton.bpm.model.bpmn.instance.LinkEventDefinition;
import org.operaton.bpm.model.bpmn.instance.MessageEventDefinition;
import org.operaton.bpm.model.bpmn.instance.SignalEventDefinition;
import org.operaton.bpm.model.bpmn.instance.ThrowEvent;
import org.operaton.bpm.model.bpmn.instance.TimerEventDefinition;

/** What an event of a diagram waits for or tells, its first definition; or one that is written in the scenario. */
final class Triggers {

    private static final Pattern CYCLE = Pattern.compile("R(\\d*)/(P.*)");
    /** Of a cycle without end. */
    private static final int MOST_TIMES = 10;

    private static final Map<String, Cause> WRITTEN = new TreeMap<>(Map.of(
            "timer", Cause.TIMER,
            "message", Cause.MESSAGE,
            "signal", Cause.SIGNAL,
            "condition", Cause.CONDITION,
            "error", Cause.ERROR,
            "escalation", Cause.ESCALATION));

    private Triggers() {}

    static @Nullable Trigger of(FlowNode node) {
        Collection<EventDefinition> definitions = node instanceof CatchEvent catching
                ? catching.getEventDefinitions()
                : node instanceof ThrowEvent throwing ? throwing.getEventDefinitions() : List.of();
        for (EventDefinition definition : definitions) {
            Trigger trigger = of(definition);
            if (trigger != null) {
                return trigger;
            }
        }
        return null;
    }

    private static @Nullable Trigger of(EventDefinition definition) {
        if (definition instanceof TimerEventDefinition timer) {
            return timer(timer);
        } else if (definition instanceof MessageEventDefinition message) {
            return named(
                    Cause.MESSAGE,
                    message.getMessage() == null ? null : message.getMessage().getName());
        } else if (definition instanceof SignalEventDefinition signal) {
            return named(
                    Cause.SIGNAL,
                    signal.getSignal() == null ? null : signal.getSignal().getName());
        } else if (definition instanceof ErrorEventDefinition error) {
            return named(
                    Cause.ERROR,
                    error.getError() == null ? null : error.getError().getErrorCode());
        } else if (definition instanceof EscalationEventDefinition escalation) {
            return named(
                    Cause.ESCALATION,
                    escalation.getEscalation() == null
                            ? null
                            : escalation.getEscalation().getEscalationCode());
        } else if (definition instanceof LinkEventDefinition link) {
            return named(Cause.LINK, link.getName());
        } else if (definition instanceof ConditionalEventDefinition) {
            return named(Cause.CONDITION, null);
        } else if (definition instanceof CompensateEventDefinition) {
            return named(Cause.COMPENSATION, null);
        }
        return definition instanceof CancelEventDefinition ? named(Cause.CANCEL, null) : null;
    }

    private static Trigger named(Cause cause, @Nullable String code) {
        return new Trigger(cause, DiagramReader.text(code), null, 1);
    }

    private static Trigger timer(TimerEventDefinition timer) {
        Trigger cycle = cycle(text(timer.getTimeCycle()));
        return cycle == null ? new Trigger(Cause.TIMER, null, duration(text(timer.getTimeDuration())), 1) : cycle;
    }

    private static @Nullable Trigger cycle(String text) {
        Matcher repeated = CYCLE.matcher(text);
        if (!repeated.matches()) {
            return null;
        }
        String times = repeated.group(1);
        return new Trigger(
                Cause.TIMER,
                null,
                duration(repeated.group(2)),
                times.isEmpty() ? MOST_TIMES : Math.max(1, Integer.parseInt(times)));
    }

    /** @throws IllegalArgumentException with what it should be */
    static Trigger written(JsonNode written) {
        boolean named = written.isObject() && written.size() == 1;
        String kind = named ? written.fieldNames().next() : written.asText();
        JsonNode value = named ? written.path(kind) : MissingNode.getInstance();
        Cause cause = WRITTEN.get(kind);
        if (cause == null || !named && !written.isTextual() || value.isContainerNode()) {
            throw new IllegalArgumentException("should be one of " + WRITTEN.keySet()
                    + " with its time, name or code, such as {timer: P1D} or {error: DECLINED}");
        }
        String text = value.isNull() ? "" : value.asText();
        return cause == Cause.TIMER ? writtenTimer(text) : named(cause, text);
    }

    private static Trigger writtenTimer(String text) {
        Trigger cycle = cycle(text);
        Trigger timer = cycle == null ? new Trigger(Cause.TIMER, null, duration(text), 1) : cycle;
        if (timer.after() == null || timer.after().isNegative()) {
            throw new IllegalArgumentException(
                    "should be a timer such as {timer: P1D}, or {timer: R3/PT4H} that comes three times");
        }
        return timer;
    }

    private static String text(@Nullable Expression expression) {
        return expression == null ? "" : expression.getTextContent().strip();
    }

    /** Null where it is no duration in numbers, or one in months or years, which have no fixed length. */
    private static @Nullable Duration duration(String text) {
        try {
            return text.isEmpty() ? null : Duration.parse(text);
        } catch (DateTimeParseException expression) {
            return null;
        }
    }
}
