package io.milepost.flowable;

import io.milepost.spi.AdapterContext;
import io.milepost.spi.Diagnostics;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.transport.Outbox;
import io.milepost.transport.OutboxRelay;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.ibatis.session.SqlSession;
import org.flowable.common.engine.impl.cfg.TransactionContext;
import org.flowable.common.engine.impl.cfg.TransactionState;
import org.flowable.common.engine.impl.cfg.standalone.StandaloneMybatisTransactionContext;

/** What a transaction tells goes into the engine's database with it, and a relay brings it on. */
final class StrictMode {
    /** The setting that switches to it: {@code true}. */
    static final String SETTING = "outbox";

    private final Outbox outbox;
    private final OutboxRelay relay;

    StrictMode(String tablePrefix, DataSource database, AdapterContext context) {
        outbox = Outbox.withPrefix(tablePrefix, context.clock());
        outbox.prepare(database);
        relay = new OutboxRelay(outbox, database, context.givenSink(), context.clock());
    }

    static boolean isWanted(AdapterContext context) {
        return Boolean.parseBoolean(context.settings().get(SETTING));
    }

    /** Before the commit: if it can't be stored, nothing of the transaction is. */
    void store(SqlSession database, TransactionContext transaction, JourneyEventBatch batch) {
        endWith(transaction, database);
        try {
            outbox.write(database.getConnection(), batch);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "Milepost's outbox could not be written, so the transaction is rolled back: " + e.getMessage(), e);
        }
    }

    /** MyBatis commits and rolls back what it wrote itself; it knows no row of ours. */
    private void endWith(TransactionContext transaction, SqlSession database) {
        if (transaction instanceof StandaloneMybatisTransactionContext) {
            transaction.addTransactionListener(TransactionState.ROLLINGBACK, failed -> database.rollback(true));
            transaction.addTransactionListener(TransactionState.COMMITTED, done -> database.commit(true));
        }
        transaction.addTransactionListener(TransactionState.COMMITTED, done -> relay.nudge());
    }

    boolean flush(Duration deadline) {
        return relay.flush(deadline);
    }

    Diagnostics diagnostics() {
        return relay.diagnostics();
    }

    void close() {
        relay.close();
    }
}
