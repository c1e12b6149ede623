package io.milepost.analytics.cell;

/**
 * By what a message went.
 *
 * @param channel number of the word
 * @param platform number of the word, -1 = not said
 */
public record Carrier(int channel, int platform) {}
