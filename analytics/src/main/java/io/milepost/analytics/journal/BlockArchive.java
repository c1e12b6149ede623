package io.milepost.analytics.journal;

import java.util.Optional;
import java.util.function.Consumer;

/** Stored blocks, read again one by one: for what needs the raw events. Any thread; a query and a parse each. */
public interface BlockArchive {

    /**
     * The block of that sequence, its events parsed, each with its raw bytes; empty where there is none.
     *
     * @throws JournalException where the stored bytes do not match their checksum, or cannot be read
     */
    Optional<Block> block(long sequence);

    /**
     * Gives every stored block, in order, on this thread.
     *
     * @throws JournalException at the first that is missing or damaged
     */
    void all(Consumer<Block> visitor);
}
