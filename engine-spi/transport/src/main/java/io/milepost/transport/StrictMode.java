package io.milepost.transport;

import io.milepost.spi.AdapterContext;
import io.milepost.spi.Diagnostics;
import io.milepost.spi.JourneyEventBatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * For adapters: an {@link Outbox} in an engine's database, with the {@link OutboxRelay} that empties it. The adapter stores
 * before each commit and says after it that it was one.
 *
 * <p>Any thread.
 *
 * @since 0.1
 */
public final class StrictMode implements AutoCloseable {
    /** The setting of an {@link AdapterContext} that asks for it: {@code true}. */
    public static final String SETTING = "outbox";

    private final Outbox outbox;
    private final OutboxRelay relay;

    /**
     * Makes the table if it is not there, and begins to relay. Blocks; call it while the engine starts.
     *
     * @param tablePrefix as {@link Outbox#withPrefix} takes it
     * @throws IllegalStateException if there is no table and it can't be made
     */
    public StrictMode(String tablePrefix, DataSource database, AdapterContext context) {
        outbox = Outbox.withPrefix(tablePrefix, context.clock());
        outbox.prepare(database);
        relay = new OutboxRelay(outbox, database, context.givenSink(), context.clock());
    }

    public static boolean isWanted(AdapterContext context) {
        return Boolean.parseBoolean(context.settings().get(SETTING));
    }

    /**
     * Before the commit, in its transaction.
     *
     * @throws IllegalStateException if it can't be written: the engine has to roll back, for that is what strict means
     */
    public void store(Connection engines, JourneyEventBatch batch) {
        try {
            outbox.write(engines, batch);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "Milepost's outbox could not be written, so the transaction is rolled back: " + e.getMessage(), e);
        }
    }

    /** After the commit. Doesn't block. */
    public void committed() {
        relay.nudge();
    }

    /** As {@link OutboxRelay#flush}. */
    public boolean flush(Duration deadline) {
        return relay.flush(deadline);
    }

    /** As {@link OutboxRelay#diagnostics}. */
    public Diagnostics diagnostics() {
        return relay.diagnostics();
    }

    /** Ends the relay alone: what the engine's transactions still store is brought after the next start. */
    @Override
    public void close() {
        relay.close();
    }
}
