package io.milepost.analytics.cell;

/**
 * What queries can filter entries by.
 *
 * @param variant number in the journey, -1 = none
 */
public record EntryScope(long version, int variant, boolean test) {}
