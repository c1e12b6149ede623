package io.milepost.spi;

/**
 * What an engine, seen through its adapter, can tell. The kit skips, aloud, the rules of a capability that is not
 * declared; users read them in one matrix.
 *
 * @since 0.1
 */
public enum Capability {
    /** Graph, names and types of a journey as {@code journey.defined}. */
    DEFINITIONS,
    /** The BPMN of a journey with its definition. */
    BPMN,
    /** Nothing of a transaction that was rolled back. */
    ROLLBACK,
    /** Transactions that began outside the engine. */
    OUTER_TRANSACTIONS,
    /** Visits closed as cancelled when their entry is deleted from outside. */
    DELETION,
    /** The sequence flow by which a node was reached. */
    EDGES,
    /** The branch taken, as the outcome of a node's exit. */
    OUTCOMES,
    /** Concurrent visits of one entry. */
    PARALLEL,
    /** Several visits at once to one node, with the visit they are part of. */
    MULTI_INSTANCE,
    /** Sub-processes and event sub-processes, with the visit inner ones are part of. */
    SUB_PROCESS,
    /** Entries called by entries. */
    CALL_ACTIVITY,
    /** Events on the boundary of a node, interrupting or not. */
    BOUNDARY_EVENTS,
    /** A gateway that waits for the first of several events. */
    EVENT_GATEWAY,
    /** Compensation of completed nodes. */
    COMPENSATION,
    /** Timers. */
    TIMERS,
    /** An entry that goes on in another version. */
    MIGRATION,
    /** Several tenants in one engine. */
    TENANTS,
    /** All of this with the engine's own history switched off. */
    WITHOUT_HISTORY,
    /** Messages sent and failed. */
    MESSAGES,
    /** Telling again, with the same ids, what the engine still knows of the past. */
    REPLAY,
    /** Events stored in the engine's own transaction: none lost, none too many, at any halt. */
    TRANSACTIONAL_OUTBOX
}
