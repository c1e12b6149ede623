package io.milepost.simulator.truth;

/** What one row of a list tells of: what its figure counts. */
public enum Thing {
    USER,
    ENTRY,
    VISIT,
    MESSAGE,
    ENGAGEMENT,
    OUTCOME,
    /** Of a user's own. */
    EVENT,
    REJECTION
}
