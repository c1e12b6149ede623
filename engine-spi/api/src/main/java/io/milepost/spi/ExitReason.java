package io.milepost.spi;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why an entry is over.
 *
 * @since 0.1
 */
public enum ExitReason {
    /** It reached an end of the journey. */
    COMPLETED("completed"),
    /** It was stopped, by the user or by the engine's operator. */
    CANCELLED("cancelled"),
    /** Its time ran out. */
    EXPIRED("expired"),
    /** An error ended it. */
    FAILED("failed"),
    /** A goal took it out. That alone is no conversion: user events convert. */
    GOAL("goal");

    private static final Map<String, ExitReason> BY_WIRE_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(ExitReason::wireName, Function.identity()));

    private final String wireName;

    ExitReason(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** The reason of that wire name, or null where there is none. */
    public static @Nullable ExitReason ofWireName(String wireName) {
        return BY_WIRE_NAME.get(wireName);
    }
}
