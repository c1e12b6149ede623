package io.milepost.analytics.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.event.Batch;
import io.milepost.analytics.event.Batch.Refused;
import io.milepost.analytics.event.BatchReader;
import io.milepost.analytics.event.BodyException;
import io.milepost.analytics.event.EventLimits;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class JournalTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-10T00:00:00Z"), ZoneOffset.UTC);
    private static final int SENDERS = 3;
    private static final int ROUNDS = 200;

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void closesWhileEventsComeInAndAnswersThemAll() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            Journal journal = new Journal(
                    new StoreInMemory(),
                    new AllAdmitted(),
                    new NoFigures(),
                    new NoCheckpoint(),
                    1,
                    CLOCK,
                    Runnable::run);
            journal.start();
            CountDownLatch sending = new CountDownLatch(SENDERS);
            List<Thread> senders = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                Thread thread = new Thread(() -> sendUntilClosed(journal, sending));
                thread.start();
                senders.add(thread);
            }
            sending.await();

            journal.close();

            for (Thread sender : senders) {
                sender.join();
            }
            assertThatThrownBy(journal.submit(nothing())::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(IntakeClosedException.class);
        }
    }

    /** A day on, three days back, an hour on: what was received stays in its order, each event once. */
    @Test
    void aClockThatJumpsCostsNoEvent() throws BodyException {
        StoreInMemory store = new StoreInMemory();
        JumpingClock clock = new JumpingClock();
        try (Journal journal = journal(store, clock)) {
            journal.start();
            assertThat(submit(journal, clock, "a", EARLY).accepted()).isEqualTo(1);
            clock.jump(Duration.ofDays(1));
            assertThat(submit(journal, clock, "b", EARLY).accepted()).isEqualTo(1);
            clock.jump(Duration.ofDays(-3));
            assertThat(submit(journal, clock, "c", EARLY).accepted()).isEqualTo(1);
            assertThat(submit(journal, clock, "a", EARLY).duplicates()).isEqualTo(1);
            clock.jump(Duration.ofHours(1));
            assertThat(submit(journal, clock, "d", EARLY).acceptedEvents()).isEqualTo(4);
        }
        try (Journal journal = journal(store, clock)) {
            journal.start();
            assertThat(submit(journal, clock, "b", EARLY).duplicates()).isEqualTo(1);
            assertThat(journal.freshness().acceptedEvents()).isEqualTo(4);
            List<String> ids = new ArrayList<>();
            journal.all(block -> block.events().forEach(event -> ids.add(event.id)));
            assertThat(ids).containsExactly("a", "b", "c", "d");
        }
    }

    /** The sender hears of it, and may send it again once the clock is right. */
    @Test
    void whatAClockSetBackTakesForTheFutureIsRefusedAndNotLost() throws BodyException {
        JumpingClock clock = new JumpingClock();
        try (Journal journal = journal(new StoreInMemory(), clock)) {
            journal.start();
            clock.jump(Duration.ofHours(-2));
            assertThat(submit(journal, clock, "a", START).refused())
                    .singleElement()
                    .satisfies(refused ->
                            assertThat(refused.rejection().reason().code()).isEqualTo("time-in-future"));
            clock.jump(Duration.ofHours(2));
            assertThat(submit(journal, clock, "a", START).accepted()).isEqualTo(1);
        }
    }

    private static Journal journal(StoreInMemory store, Clock clock) {
        return new Journal(store, new AllAdmitted(), new NoFigures(), new NoCheckpoint(), 1, clock, Runnable::run);
    }

    private static Receipt submit(Journal journal, Clock clock, String id, String time) throws BodyException {
        String event = "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/s\",\"type\":\"user.acted\","
                + "\"time\":\"" + time + "\",\"data\":{\"userId\":\"u\",\"name\":\"x\"}}";
        Batch batch = new BatchReader(1, EventLimits.DEFAULT, clock.instant())
                .readLines(event.getBytes(StandardCharsets.UTF_8));
        return journal.submit(new Submission(batch, null)).join();
    }

    private static final String START = "2026-03-10T00:00:00Z";
    private static final String EARLY = "2026-03-01T00:00:00Z";

    private static final class JumpingClock extends Clock {
        private Instant now = Instant.parse(START);

        void jump(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static void sendUntilClosed(Journal journal, CountDownLatch sending) {
        try {
            for (int sent = 0; ; sent++) {
                journal.submit(nothing()).join();
                if (sent == 20) {
                    sending.countDown();
                }
            }
        } catch (CompletionException closed) {
            assertThat(closed).hasCauseInstanceOf(IntakeClosedException.class);
        }
    }

    private static Submission nothing() {
        return new Submission(new Batch(List.of(), new int[0], List.of()), null);
    }

    private static final class AllAdmitted implements Admission {
        @Override
        public void open() {}

        @Override
        public void opened() {}

        @Override
        public AcceptedEvent admit(AcceptedEvent event) {
            return event;
        }

        @Override
        public boolean mayKeep(Refused refused) {
            return true;
        }
    }

    private static final class NoCheckpoint implements Checkpoint {
        @Override
        public long sequence() {
            return 0;
        }

        @Override
        public boolean restore(Consumer<byte[]> identities) {
            return false;
        }

        @Override
        public void finish(Identities identities) {}

        @Override
        public void spoil(Runnable change) {
            change.run();
        }
    }

    private static final class NoFigures implements Projection {
        @Override
        public void replay(Block block) {}

        @Override
        public void finishReplay() {}

        @Override
        public void apply(Block block) {}
    }
}
