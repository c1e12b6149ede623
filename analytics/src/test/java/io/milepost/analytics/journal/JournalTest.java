package io.milepost.analytics.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.event.Batch;
import io.milepost.analytics.event.Batch.Refused;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
        public boolean restore() {
            return false;
        }

        @Override
        public void finish() {}

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
