package io.milepost.analytics.cell;

/**
 * How a visit was reached from the node before.
 *
 * @param edge number of the sequence flow in the journey, -1 = not said
 * @param outcome number of the outcome there in the journey, -1 = none
 */
public record Way(int edge, int outcome) {}
