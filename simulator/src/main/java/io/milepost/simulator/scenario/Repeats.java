package io.milepost.simulator.scenario;

import io.milepost.simulator.scenario.Diagram.Many;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.model.bpmn.instance.Activity;
import org.operaton.bpm.model.bpmn.instance.LoopCharacteristics;
import org.operaton.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.operaton.bpm.model.xml.instance.DomElement;
import org.operaton.bpm.model.xml.instance.ModelElementInstance;

/** How often an activity is done each time it is reached. */
final class Repeats {
    private Repeats() {}

    static @Nullable Many of(Activity activity) {
        LoopCharacteristics loop = activity.getLoopCharacteristics();
        if (loop instanceof MultiInstanceLoopCharacteristics many) {
            String times = many.getLoopCardinality() == null
                    ? ""
                    : many.getLoopCardinality().getTextContent().strip();
            return new Many(times.matches("\\d{1,4}") ? Integer.parseInt(times) : 0, many.isSequential());
        }
        return standard(activity);
    }

    /** The model library has no type of its own for it. */
    private static @Nullable Many standard(ModelElementInstance activity) {
        for (DomElement child : activity.getDomElement().getChildElements()) {
            if (child.getLocalName().equals("standardLoopCharacteristics")) {
                String most = child.getAttribute("loopMaximum");
                return new Many(most != null && most.matches("\\d{1,4}") ? Integer.parseInt(most) : 0, true);
            }
        }
        return null;
    }
}
