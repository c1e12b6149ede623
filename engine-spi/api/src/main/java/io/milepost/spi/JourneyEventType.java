package io.milepost.spi;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The closed vocabulary of events, with the name each has as a CloudEvents {@code type}.
 *
 * @since 0.1
 */
public enum JourneyEventType {
    JOURNEY_DEFINED("journey.defined"),
    JOURNEY_ENTERED("journey.entered"),
    ENTRY_REJECTED("journey.entry.rejected"),
    NODE_ENTERED("journey.node.entered"),
    NODE_EXITED("journey.node.exited"),
    MESSAGE_SENT("journey.message.sent"),
    MESSAGE_FAILED("journey.message.failed"),
    MESSAGE_ENGAGED("journey.message.engaged"),
    OUTCOME("journey.outcome"),
    JOURNEY_MIGRATED("journey.migrated"),
    JOURNEY_EXITED("journey.exited"),
    USER_ACTED("user.acted"),
    USER_PROFILED("user.profiled"),
    IMPORT_FINISHED("journey.import.finished");

    private static final Map<String, JourneyEventType> BY_WIRE_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(JourneyEventType::wireName, Function.identity()));

    private final String wireName;

    JourneyEventType(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** The type of that wire name, or null where the vocabulary has none. */
    public static @Nullable JourneyEventType ofWireName(String wireName) {
        return BY_WIRE_NAME.get(wireName);
    }
}
