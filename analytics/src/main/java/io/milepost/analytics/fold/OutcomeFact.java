package io.milepost.analytics.fold;

/** A custom step's own outcome, counted as often as it happened. */
public record OutcomeFact(int node, int name, long time) {}
