package io.milepost.analytics.journal;

/**
 * What is computed from the journal. All methods are called by one thread at a time and in journal order: first
 * {@link #replay} for each stored block, then {@link #finishReplay} once, then {@link #apply} for each new one.
 *
 * <p>The events' raw bytes belong to the request body they came in: keep a copy, or nothing. A method that throws stops
 * the projection, and with it intake: figures that miss a block would be wrong without anybody noticing.
 */
public interface Projection {

    /** A stored block at start; figures are undefined until {@link #finishReplay}. */
    void replay(Block block);

    /** The journal is at its end; figures are right from here on. */
    void finishReplay();

    /** A block that has just become durable. */
    void apply(Block block);
}
