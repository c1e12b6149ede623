package io.milepost.simulator.scenario;

import org.jspecify.annotations.Nullable;

/** What the odds of a scenario may depend on: a user's attributes, and {@code variant}. */
@FunctionalInterface
public interface Traits {

    /** The value of that name as text; null where the user has none. */
    @Nullable
    String trait(String name);

    /** Whether the entry has come to that node so far. */
    default boolean wentThrough(String node) {
        return false;
    }
}
