package io.milepost.analytics.store;

import java.util.List;
import java.util.Optional;

/** The events that were turned away. Any thread; all methods may throw {@link StoreException}. */
public interface RejectedEvents {

    /** Newest first: those older than the one with the id {@code before}, at most {@code most}. */
    List<RejectedEvent> before(long account, long before, int most);

    long count(long account);

    Optional<RejectedEvent> find(long account, long id);

    /** False where there is none of that id. */
    boolean delete(long account, long id);
}
