package io.milepost.operaton;

import java.util.List;
import java.util.function.Consumer;
import org.operaton.bpm.engine.delegate.ExecutionListener;
import org.operaton.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.operaton.bpm.engine.impl.history.parser.HistoryExecutionListener;
import org.operaton.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.operaton.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.operaton.bpm.engine.impl.pvm.PvmTransition;
import org.operaton.bpm.engine.impl.pvm.process.ActivityImpl;
import org.operaton.bpm.engine.impl.pvm.process.ScopeImpl;
import org.operaton.bpm.engine.impl.pvm.process.TransitionImpl;
import org.operaton.bpm.engine.impl.util.xml.Element;

/** Puts the engine's built-in kind of listener, which is never skipped, on each process and each of its nodes. */
final class ListenerPlacement extends AbstractBpmnParseListener {
    private final ExecutionListener entered;
    private final ExecutionListener exited;
    private final Capture capture;

    ListenerPlacement(Capture capture) {
        this.capture = capture;
        entered = telling("an entry", capture::entered);
        exited = telling("the end of an entry", capture::exited);
    }

    private ExecutionListener telling(String what, Consumer<ExecutionEntity> telling) {
        return execution -> capture.safely(what, (ExecutionEntity) execution, telling);
    }

    @Override
    public void parseRootElement(Element root, List<ProcessDefinitionEntity> definitions) {
        for (ProcessDefinitionEntity definition : definitions) {
            // First of all at the start, last of all at the end: the entry frames its visits.
            definition.addBuiltInListener(ExecutionListener.EVENTNAME_START, entered, 0);
            definition.addBuiltInListener(ExecutionListener.EVENTNAME_END, exited);
            place(definition);
        }
    }

    private void place(ScopeImpl scope) {
        for (ActivityImpl node : scope.getActivities()) {
            if (!Arrivals.isBody(node)) {
                place(node, new VisitedNode(node));
            }
            for (PvmTransition flow : node.getOutgoingTransitions()) {
                place((TransitionImpl) flow);
            }
            place(node);
        }
    }

    private void place(ActivityImpl node, VisitedNode visited) {
        if (isPassedAtOnce(node)) {
            node.addBuiltInListener(
                    ExecutionListener.EVENTNAME_END,
                    telling("a visit", execution -> capture.passed(execution, visited)));
        } else {
            node.addBuiltInListener(
                    ExecutionListener.EVENTNAME_START,
                    telling("an arrival", execution -> capture.arrived(execution, visited)),
                    afterTheHistory(node));
            node.addBuiltInListener(
                    ExecutionListener.EVENTNAME_END,
                    telling("the end of a visit", execution -> capture.left(execution, visited)));
        }
    }

    /** A start or an end where nothing happens: its arrival is told with its exit. */
    private static boolean isPassedAtOnce(ActivityImpl node) {
        Object type = node.getProperty("type");
        return ("startEvent".equals(type) || "noneEndEvent".equals(type))
                && !node.isAsyncAfter()
                && onlyTheHistoryHears(node, ExecutionListener.EVENTNAME_START)
                && onlyTheHistoryHears(node, ExecutionListener.EVENTNAME_END);
    }

    private static boolean onlyTheHistoryHears(ActivityImpl node, String event) {
        return node.getListeners(event).stream().allMatch(HistoryExecutionListener.class::isInstance);
    }

    /** Before the application's listeners, which may send, and after the engine's history has told its time. */
    private static int afterTheHistory(ActivityImpl node) {
        List<?> listeners = node.getListeners(ExecutionListener.EVENTNAME_START);
        return !listeners.isEmpty() && listeners.get(0) instanceof HistoryExecutionListener ? 1 : 0;
    }

    /** Only where it decides something: where one flow alone leads from node to node, the visits tell as much. */
    private void place(TransitionImpl flow) {
        if (Arrivals.isTheOnlyWay(flow)) {
            return;
        }
        flow.addBuiltInListener(
                ExecutionListener.EVENTNAME_TAKE,
                telling("a sequence flow", execution -> capture.took(execution, flow)));
    }
}
