package io.milepost.operaton;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.engine.impl.pvm.PvmTransition;
import org.operaton.bpm.engine.impl.pvm.process.ActivityImpl;

/** A node of a deployed diagram, with what each visit asks of it: looked up once, for the engine is full of lists and maps. */
final class VisitedNode {
    private final ActivityImpl activity;
    /** Computed at the first visit, when the diagram is sure to be whole; the same, whoever is first. */
    private @Nullable Shape shape;

    VisitedNode(ActivityImpl activity) {
        this.activity = activity;
    }

    ActivityImpl activity() {
        return activity;
    }

    String id() {
        return activity.getId();
    }

    /** Its exit has an outcome. */
    boolean decides() {
        return shape().decides;
    }

    boolean isEventGateway() {
        return "eventBasedGateway".equals(activity.getProperty("type"));
    }

    /** Where one flow alone leads from a node to this one; else null. */
    @Nullable
    Way onlyWay() {
        return shape().onlyWay;
    }

    /** The engine doesn't know any more by which flow an execution came. */
    boolean isForgotten() {
        return shape().forgotten;
    }

    private Shape shape() {
        Shape known = shape;
        if (known == null) {
            known = Shape.of(activity);
            shape = known;
        }
        return known;
    }

    private record Shape(boolean decides, @Nullable Way onlyWay, boolean forgotten) {
        static Shape of(ActivityImpl node) {
            ActivityImpl reached = Arrivals.bodyOf(node);
            List<PvmTransition> incoming = reached.getIncomingTransitions();
            boolean one = incoming.size() == 1 && Arrivals.isTheOnlyWay(incoming.get(0));
            return new Shape(
                    Arrivals.decides(node),
                    one ? Way.of(incoming.get(0)) : null,
                    reached.isAsyncBefore() || reached != node);
        }
    }

    /**
     * A sequence flow, by which a visit came.
     *
     * @param from the node it leads from
     */
    record Way(String from, String edgeId) {
        static Way of(PvmTransition flow) {
            return new Way(Arrivals.nodeFrom(flow), flow.getId());
        }
    }
}
