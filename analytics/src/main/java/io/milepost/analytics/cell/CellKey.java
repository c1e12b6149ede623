package io.milepost.analytics.cell;

/**
 * Which question in which scope.
 *
 * @param activity whether the day is that of the deed itself; else that of the entry's start
 * @param scope number of (version, variant, test) in the journey
 * @param node -1 = the journey as a whole
 * @param x see {@link What}; -1 = not said
 * @param y see {@link What}; -1 = not said
 */
public record CellKey(What what, boolean activity, int scope, int node, int x, int y) {}
