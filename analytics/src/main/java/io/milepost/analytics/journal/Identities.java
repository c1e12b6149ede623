package io.milepost.analytics.journal;

/**
 * Which events are known, for a checkpoint to keep: in parts, each packed for {@link Checkpoint#restore}. Any thread; the
 * parts are each as of their own moment.
 */
public interface Identities {

    int parts();

    /**
     * Waits for the commit that runs.
     *
     * @throws JournalException where that does not end
     */
    byte[] part(int number);

    /** Sequence of the newest block: what was asked for before knows of no later one. */
    long newestBlock();
}
