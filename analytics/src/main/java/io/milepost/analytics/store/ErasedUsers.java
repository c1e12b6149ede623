package io.milepost.analytics.store;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Who was erased, and the rows that told of him. All methods may throw {@link StoreException}. */
public interface ErasedUsers {

    /** What the ids of the account's erased users are hashed with; the one proposed, from now on, where it had none. */
    byte[] key(long account, byte[] proposed);

    List<ErasedUser> all(long account);

    /** Deletes the rejected events whose bodies, as kept, are chosen; as durable as {@link #erase}. */
    void deleteRejected(long account, Predicate<byte[]> chosen);

    /**
     * Keeps the user and rewrites the blocks: all of it, or nothing; returns when it survives a power cut.
     *
     * @param userId what the user was called in the rows of facts
     * @param pseudonym what he is called there from now on
     * @param user null = nobody is to be recognised again
     * @param blocks their sequences, each rewritten in turn
     * @param rejected which events' bodies, as kept, are to be deleted
     */
    void erase(
            long account,
            String userId,
            String pseudonym,
            @Nullable ErasedUser user,
            Collection<Long> blocks,
            UnaryOperator<StoredBlock> rewriting,
            Predicate<byte[]> rejected);
}
