package io.milepost.spi;

import org.jspecify.annotations.Nullable;

/**
 * Tells what an element of the engine's diagram is in a journey.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface NodeClassifier {

    /**
     * What the element is, or null where this classifier can't tell. Called while a definition is deployed or parsed,
     * once for each element, in the engine's thread: must not block. If it throws, the adapter counts it and goes on as
     * with null.
     *
     * @param element valid during the call only
     */
    @Nullable
    Role classify(Element element);

    /** This one, and where it can't tell the other. */
    default NodeClassifier or(NodeClassifier other) {
        return element -> {
            Role role = classify(element);
            return role == null ? other.classify(element) : role;
        };
    }

    /**
     * By what the modeller wrote into the diagram ({@code milepost:type}, {@code milepost:channel}), else by the BPMN
     * element. Tells something of every element.
     */
    static NodeClassifier standard() {
        return StandardClassifier.INSTANCE;
    }

    /**
     * What a node does.
     *
     * @param channel of a send, a lower-case word; null = none
     * @since 0.1
     */
    record Role(NodeType type, @Nullable String channel) {
        public Role {
            Checks.present("type", type);
            Checks.optionalWord("channel", channel);
        }
    }

    /**
     * An element of a diagram.
     *
     * @since 0.1
     */
    interface Element {
        String id();

        default @Nullable String name() {
            return null;
        }

        /** The BPMN element's local name, e.g. {@code serviceTask}; of an event with its definition, see {@link #event()}. */
        String bpmnType();

        /** Local name of an event's definition without {@code EventDefinition}, e.g. {@code timer}; null = none. */
        default @Nullable String event() {
            return null;
        }

        /** An extension property of the element, e.g. {@code milepost:channel}; null = not set. */
        default @Nullable String property(String name) {
            return null;
        }
    }
}
