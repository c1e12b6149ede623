package io.milepost.analytics.journal;

import java.util.function.Consumer;

/**
 * What the projection had seen when it was last kept aside, so that a start need not show it all blocks again. It may be
 * lost at any time: the journal has everything.
 */
public interface Checkpoint {

    /** Sequence of the last block it holds; 0 = there is none that belongs to what is stored. Called once, at start. */
    long sequence();

    /**
     * Brings the projection to that block; false = it cannot be read, and the projection is as it was.
     *
     * @param identities is given those of all events up to that block, and maybe of some stored blocks after it, part by
     *     part; they are to be forgotten where this returns false
     */
    boolean restore(Consumer<byte[]> identities);

    /** Called at the end, when no block will come any more. */
    void finish(Identities identities);

    /**
     * Runs a change of stored blocks: what was kept aside before it is gone from the disk when the change begins, and does
     * not come back.
     */
    void spoil(Runnable change);
}
