package io.milepost.analytics.store;

import java.util.List;
import java.util.Optional;

/** The journal's rows. All methods may throw {@link StoreException}; reads on any thread, writes on one at a time. */
public interface JournalStore {

    /** The blocks that follow {@code sequence}, in order, at most {@code most} of them. */
    List<StoredBlock> blocksAfter(long account, long sequence, int most);

    Optional<StoredBlock> block(long account, long sequence);

    /**
     * Stores all of it, or nothing, and returns when it survives a power cut. After an exception it is unknown whether
     * it is stored: nothing more may be appended before {@link #reopen} has succeeded and the end was read again.
     *
     * @param mended ids of rejected events that are settled by this, to be forgotten
     */
    void append(long account, List<StoredBlock> blocks, List<RejectedEvent> rejected, List<Long> mended);

    /** Drops every connection and whatever they had not written, connects anew and proves it by a durable write. */
    void reopen(long account);
}
