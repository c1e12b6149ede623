package io.milepost.simulator.scenario;

import io.milepost.simulator.scenario.Diagram.Cause;
import io.milepost.simulator.scenario.Diagram.Trigger;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
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

/** What an event of a diagram waits for or tells: its first definition. */
final class Triggers {

    private static final Pattern CYCLE = Pattern.compile("R(\\d*)/(P.*)");
    /** Of a cycle without end. */
    private static final int MOST_TIMES = 10;

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
        String cycle = text(timer.getTimeCycle());
        Matcher repeated = CYCLE.matcher(cycle);
        if (repeated.matches()) {
            String times = repeated.group(1);
            return new Trigger(
                    Cause.TIMER,
                    null,
                    duration(repeated.group(2)),
                    times.isEmpty() ? MOST_TIMES : Math.max(1, Integer.parseInt(times)));
        }
        return new Trigger(Cause.TIMER, null, duration(text(timer.getTimeDuration())), 1);
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
