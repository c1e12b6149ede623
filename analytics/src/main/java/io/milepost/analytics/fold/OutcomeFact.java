package io.milepost.analytics.fold;

import org.jspecify.annotations.Nullable;

/**
 * A custom step's own outcome, counted as often as it happened.
 *
 * @param value String or BigDecimal; null = none
 */
public record OutcomeFact(int node, int name, long time, @Nullable Object value) {}
