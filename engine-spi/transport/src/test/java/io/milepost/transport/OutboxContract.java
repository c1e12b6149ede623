package io.milepost.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an outbox promises, on each database. */
@Timeout(60)
abstract class OutboxContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final InstantSource clock = now::get;

    /** An empty database of its own. */
    abstract DataSource emptyDatabase() throws SQLException;

    @Test
    void bringsWhatWasCommittedAndNothingElse() throws SQLException {
        DataSource database = emptyDatabase();
        Outbox outbox = prepared(database);
        Arrived arrived = new Arrived();
        write(database, outbox, Events.batch(0, 3), true);
        write(database, outbox, Events.batch(3, 3), false);
        write(database, outbox, Events.batch(6, 2), true);
        try (OutboxRelay relay = new OutboxRelay(outbox, database, arrived, clock)) {
            assertThat(relay.flush(PATIENCE)).isTrue();
            assertThat(arrived.batches).containsExactly(Events.batch(0, 3), Events.batch(6, 2));
            assertThat(outbox.waiting(database)).isZero();
            assertThat(relay.diagnostics().count("outbox.relayed")).isEqualTo(5);
        }
    }

    @Test
    void takesConnectionsThatDoNotCommitByThemselves() throws SQLException {
        DataSource pool = new CommittingByHand(emptyDatabase());
        Outbox outbox = prepared(pool);
        Arrived arrived = new Arrived();
        write(pool, outbox, Events.batch(0, 3), true);
        write(pool, outbox, Events.batch(3, 3), false);
        try (OutboxRelay relay = new OutboxRelay(outbox, pool, arrived, clock)) {
            assertThat(relay.flush(PATIENCE)).isTrue();
        }
        assertThat(arrived.batches).containsExactly(Events.batch(0, 3));
        assertThat(prepared(pool).waiting(pool)).isZero();
    }

    @Test
    void keepsARowUntilTheSinkHasFlushed() throws SQLException {
        DataSource database = emptyDatabase();
        Outbox outbox = prepared(database);
        write(database, outbox, Events.batch(0, 3), true);
        Arrived unanswered = new Arrived();
        unanswered.answers = false;
        try (OutboxRelay relay = new OutboxRelay(outbox, database, unanswered, clock)) {
            assertThat(relay.flush(Duration.ofMillis(200))).isFalse();
            assertThat(outbox.waiting(database)).isEqualTo(1);
            unanswered.answers = true;
            assertThat(relay.flush(PATIENCE)).isTrue();
            assertThat(outbox.waiting(database)).isZero();
        }
    }

    @Test
    void bringsWhatAnEarlierProcessLeft() throws SQLException {
        DataSource database = emptyDatabase();
        write(database, prepared(database), Events.batch(0, 3), true);
        Arrived arrived = new Arrived();
        try (OutboxRelay relay = new OutboxRelay(prepared(database), database, arrived, clock)) {
            assertThat(relay.flush(PATIENCE)).isTrue();
            assertThat(arrived.batches).containsExactly(Events.batch(0, 3));
        }
    }

    @Test
    void bringsNothingBeforeACommitOfItsOwnIsBehindIt() throws SQLException {
        DataSource database = emptyDatabase();
        Outbox outbox = prepared(database);
        write(database, outbox, Events.batch(0, 3), true);
        List<Long> touched = new CopyOnWriteArrayList<>();
        JourneyEventSink sink = batch -> touched.add(newestTouch(database));
        try (OutboxRelay relay = new OutboxRelay(outbox, database, sink, clock)) {
            assertThat(relay.flush(PATIENCE)).isTrue();
            assertThat(touched).containsExactly(clock.millis() + 1);
        }
    }

    private static long newestTouch(DataSource database) {
        try (Connection other = database.getConnection();
                Statement statement = other.createStatement();
                ResultSet newest = statement.executeQuery("SELECT MAX(WRITTEN_) FROM MILEPOST_OUTBOX")) {
            newest.next();
            return newest.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void leavesTheRowsOfAnotherNodeToItForAMinute() throws SQLException {
        DataSource database = emptyDatabase();
        Outbox other = prepared(database);
        Outbox own = prepared(database);
        write(database, other, Events.batch(0, 1), true);
        write(database, own, Events.batch(1, 1), true);
        assertThat(own.read(database, 10, false, unexpected -> {})).hasSize(1);
        now.set(NOON.plusSeconds(60));
        assertThat(own.read(database, 10, false, unexpected -> {})).hasSize(2);
    }

    /** Ids are given when a row is written, and shown when it is committed. */
    @Test
    void leavesARowThatIsCommittedLaterThanItsNeighbours() throws SQLException {
        DataSource database = emptyDatabase();
        Outbox outbox = prepared(database);
        Arrived arrived = new Arrived();
        try (Connection late = database.getConnection();
                OutboxRelay relay = new OutboxRelay(outbox, database, arrived, clock)) {
            write(database, outbox, Events.batch(0, 1), true);
            late.setAutoCommit(false);
            outbox.write(late, Events.batch(1, 1));
            write(database, outbox, Events.batch(2, 1), true);
            assertThat(relay.flush(PATIENCE)).isTrue();
            late.commit();
            assertThat(relay.flush(PATIENCE)).isTrue();
            assertThat(arrived.batches).containsExactly(Events.batch(0, 1), Events.batch(2, 1), Events.batch(1, 1));
            assertThat(outbox.waiting(database)).isZero();
        }
    }

    @Test
    void bringsRowsAsTheyAreWhereAnalyticsListens(@TempDir Path spool) throws Exception {
        DataSource database = emptyDatabase();
        Outbox outbox = prepared(database);
        write(database, outbox, Events.batch(0, 3), true);
        write(database, outbox, Events.batch(3, 5_000), true);
        try (Collector analytics = new Collector();
                Transport transport =
                        Transport.to(analytics.address()).spool(spool).build();
                OutboxRelay relay = new OutboxRelay(outbox, database, transport, clock)) {
            assertThat(relay.flush(PATIENCE)).isTrue();
            assertThat(analytics.ids).hasSize(5_003);
            assertThat(transport.delivery().delivered()).isEqualTo(5_003);
            assertThat(transport.delivery().waiting()).isZero();
        }
    }

    @Test
    void keepsTheRowsWhenTheTransportIsClosedFirst(@TempDir Path spool) throws Exception {
        DataSource database = emptyDatabase();
        Outbox outbox = prepared(database);
        Transport transport =
                Transport.to(URI.create("http://127.0.0.1:9")).spool(spool).build();
        transport.close();
        try (OutboxRelay relay = new OutboxRelay(outbox, database, transport, clock)) {
            write(database, outbox, Events.batch(0, 3), true);
            assertThat(relay.flush(Duration.ofMillis(500))).isFalse();
            assertThat(outbox.waiting(database)).isEqualTo(1);
            assertThat(transport.delivery().emitted()).isZero();
        }
    }

    @Test
    void takesABatchOfAnySize() throws SQLException {
        DataSource database = emptyDatabase();
        Outbox outbox = prepared(database);
        JourneyEvent diagram = Events.ENGINE.journeyDefined(
                NOON,
                JourneyDefinition.of("large", 1)
                        .bpmn("<x>\u00fc</x>".repeat(100_000))
                        .build());
        JourneyEventBatch large =
                new JourneyEventBatch(Stream.concat(Events.batch(0, 3_000).events().stream(), Stream.of(diagram))
                        .toList());
        write(database, outbox, large, true);
        Arrived arrived = new Arrived();
        try (OutboxRelay relay = new OutboxRelay(outbox, database, arrived, clock)) {
            assertThat(relay.flush(PATIENCE)).isTrue();
            assertThat(arrived.batches.stream().flatMap(batch -> batch.events().stream()))
                    .containsExactlyElementsOf(large.events());
        }
    }

    private Outbox prepared(DataSource database) {
        Outbox outbox = Outbox.withPrefix("", clock);
        outbox.prepare(database);
        return outbox;
    }

    private static void write(DataSource database, Outbox outbox, JourneyEventBatch batch, boolean commit)
            throws SQLException {
        try (Connection engines = database.getConnection()) {
            engines.setAutoCommit(false);
            outbox.write(engines, batch);
            if (commit) {
                engines.commit();
            } else {
                engines.rollback();
            }
        }
    }

    private static final class Arrived implements JourneyEventSink {
        private final List<JourneyEventBatch> batches = new CopyOnWriteArrayList<>();
        private volatile boolean answers = true;

        @Override
        public void emit(JourneyEventBatch batch) {
            batches.add(batch);
        }

        @Override
        public boolean flush(Duration deadline) {
            return answers;
        }
    }
}
