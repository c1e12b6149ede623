package io.milepost.analytics.store;

import java.util.List;
import java.util.Optional;

/**
 * Facts as rows for people with SQL. All of it can be written anew from the journal, so a write need not survive a power
 * cut, but is never there in part. All methods may throw {@link StoreException}; writes on one thread at a time.
 */
public interface FactStore {

    Optional<FactProgress> progress(long account);

    /** Begins again: rows are kept, but count as those of no block. */
    FactProgress restart(long account, int format);

    /**
     * Replaces all rows of those entries, each of which is there once.
     *
     * @param from what the last write or read gave
     * @param entries in lists each of which is as of one state of the facts, earlier ones first
     * @param completeTo for {@link FactProgress#completeTo}
     * @return empty, with nothing written, where the database is not at {@code from}: earlier writes are lost
     */
    Optional<FactProgress> replace(long account, FactProgress from, List<List<EntryRows>> entries, long completeTo);
}
