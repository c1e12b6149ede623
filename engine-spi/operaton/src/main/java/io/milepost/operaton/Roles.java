package io.milepost.operaton;

import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.NodeType;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.engine.impl.pvm.process.ActivityImpl;
import org.operaton.bpm.engine.impl.pvm.process.ProcessDefinitionImpl;

/** What the told definition says of the engine's nodes, kept on the engine's own model of them. */
final class Roles {
    private static final String TYPE = "milepost.type";
    private static final String CHANNEL = "milepost.channel";

    private Roles() {}

    static void remember(JourneyDefinition definition, ProcessDefinitionImpl process) {
        for (JourneyDefinition.Node node : definition.nodes()) {
            ActivityImpl activity = process.findActivity(node.id());
            if (activity != null) {
                activity.setProperty(TYPE, node.type());
                activity.setProperty(CHANNEL, node.channel());
            }
        }
    }

    static @Nullable NodeType typeOf(ActivityImpl activity) {
        return activity.getProperty(TYPE) instanceof String type ? NodeType.ofWireName(type) : null;
    }

    /** As the modeller said, else {@code other}. */
    static String channelOf(@Nullable ActivityImpl activity) {
        return activity != null && activity.getProperty(CHANNEL) instanceof String channel ? channel : "other";
    }
}
