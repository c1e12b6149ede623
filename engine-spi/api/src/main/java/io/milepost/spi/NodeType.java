package io.milepost.spi;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a node does, in the words of {@link JourneyDefinition.Node#type()}.
 *
 * @since 0.1
 */
public enum NodeType {
    TRIGGER("trigger"),
    SEND("send"),
    WAIT("wait"),
    WAIT_FOR_EVENT("wait-for-event"),
    DECISION("decision"),
    SPLIT("split"),
    JOIN("join"),
    UPDATE("update"),
    WEBHOOK("webhook"),
    MENU("menu"),
    GOAL("goal"),
    EXIT("exit"),
    CUSTOM("custom");

    private static final Map<String, NodeType> BY_WIRE_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(NodeType::wireName, Function.identity()));

    private final String wireName;

    NodeType(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** The type of that wire name, or null where there is none. */
    public static @Nullable NodeType ofWireName(String wireName) {
        return BY_WIRE_NAME.get(wireName);
    }

    @Override
    public String toString() {
        return wireName;
    }
}
