package io.milepost.tck;

import io.milepost.spi.JourneyEngineAdapter;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An engine under test: what the kit does to it, each in one or a few transactions of the engine's own. Methods the engine
 * has no counterpart for stay as they are; the capability that stands beside them must then not be declared.
 *
 * @since 0.1
 */
public interface KitEngine extends AutoCloseable {

    JourneyEngineAdapter.Attachment attachment();

    /** Deploys the journey as its next version, for that tenant or, where null, for none. */
    void deploy(KitJourney journey, @Nullable String tenant);

    /**
     * Begins the newest version for that user and returns the entry's id as the adapter tells it.
     *
     * @param variables the process's, by name
     */
    String enter(KitJourney journey, String user, @Nullable String tenant, Map<String, Object> variables);

    /** Completes the wait at that node; where several visits wait there, one of them. */
    void complete(String entryId, String nodeId);

    /** Gives the entry the message of that name. {@code EVENT_GATEWAY, SUB_PROCESS, BOUNDARY_EVENTS} */
    default void correlate(String entryId, String message) {
        throw new UnsupportedOperationException("no messages");
    }

    /** Runs on this thread the jobs that are due, again and again until none is or only failed ones are left. */
    void work();

    /** Moves the engine's clock on by that time and {@linkplain #work works}. */
    void pass(Duration time);

    /** Deletes the entry from outside. {@code DELETION} */
    default void delete(String entryId, boolean skipListeners) {
        throw new UnsupportedOperationException("no deletion");
    }

    /** Moves the entry to that version of its journey. {@code MIGRATION} */
    default void migrate(String entryId, KitJourney journey, long toVersion) {
        throw new UnsupportedOperationException("no migration");
    }

    /** Does that in a transaction begun outside the engine, which then is committed or rolled back. {@code OUTER_TRANSACTIONS} */
    default void inTransaction(boolean commit, Runnable work) {
        throw new UnsupportedOperationException("no outer transactions");
    }

    @Override
    void close();
}
