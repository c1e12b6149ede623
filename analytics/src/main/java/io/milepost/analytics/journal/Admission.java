package io.milepost.analytics.journal;

import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.event.Batch.Refused;

/** What becomes of events on their way into the database. All methods are called by one thread at a time. */
public interface Admission {

    /** Called once, before the first block is replayed. */
    void open();

    /** Called once, when all stored blocks are projected and nothing was taken yet. */
    void opened();

    /** The event as it is to be stored and projected: itself, or another under the same identity and content hash. */
    AcceptedEvent admit(AcceptedEvent event);

    /** Whether a refused event may be kept for its second chance. */
    boolean mayKeep(Refused refused);
}
