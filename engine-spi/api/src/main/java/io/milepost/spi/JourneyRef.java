package io.milepost.spi;

/**
 * A version of a journey.
 *
 * @param version 1 or more
 * @since 0.1
 */
public record JourneyRef(String journeyId, long version) {
    public JourneyRef {
        Checks.id("journeyId", journeyId);
        Checks.atLeast("version", 1, version);
    }
}
