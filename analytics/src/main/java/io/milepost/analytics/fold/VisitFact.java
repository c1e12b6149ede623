package io.milepost.analytics.fold;

import io.milepost.analytics.history.Text;

/**
 * One arrival of an entry at a node.
 *
 * @param visit unique in the entry
 * @param from node it came from, -1 = the start
 * @param edge sequence flow taken, -1 = not said
 * @param fromOutcome outcome of the latest visit before this one at the node it came from, -1 = none
 * @param enterKnown whether {@code enteredAt} is that of a node.entered (else of the node.exited)
 * @param leftAt {@link io.milepost.analytics.history.Histories#NEVER} = not left
 * @param outcome -1 = none
 */
public record VisitFact(
        Text visit,
        int node,
        int from,
        int edge,
        int fromOutcome,
        long enteredAt,
        boolean enterKnown,
        long leftAt,
        int outcome,
        State state) {

    public enum State {
        /** Left and not cancelled. */
        COMPLETED,
        /** Left, but interrupted. */
        CANCELLED,
        /** Not left, and the entry has not exited. */
        ACTIVE,
        /** Not left, but the entry has exited. */
        CLOSED
    }
}
