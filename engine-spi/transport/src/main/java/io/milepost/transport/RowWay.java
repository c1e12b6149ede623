package io.milepost.transport;

import java.util.List;
import java.util.function.BooleanSupplier;

/** How the rows of an outbox come to where they are wanted. One thread. */
interface RowWay {

    /** So many events at once do best. */
    int mostEvents();

    /** As many bytes, beyond which there is at most one row. */
    int mostBytes();

    /**
     * Brings them, if it takes that long for as long as it is wanted. Blocks.
     *
     * @param ended nobody waits for it any more
     * @return whether all of them have arrived for good: only then they may be forgotten
     * @throws UnreadableRowException if one of them is no events; then none may be forgotten
     */
    boolean bring(List<Outbox.Row> rows, BooleanSupplier ended) throws InterruptedException;
}
