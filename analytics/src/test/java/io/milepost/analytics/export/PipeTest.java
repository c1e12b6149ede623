package io.milepost.analytics.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipeTest {

    private final ExecutorService writers = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        writers.shutdownNow();
    }

    @Test
    void readsAllThatIsWritten() throws IOException {
        byte[] much = new byte[1_000_003];
        for (int i = 0; i < much.length; i++) {
            much[i] = (byte) (i * 31);
        }
        try (InputStream in = Pipe.of(writers, out -> out.write(much))) {
            assertThat(in.readAllBytes()).isEqualTo(much);
        }
    }

    @Test
    void whatIsFlushedCanBeReadBeforeTheRestIsWritten() throws IOException {
        CountDownLatch read = new CountDownLatch(1);
        try (InputStream in = Pipe.of(writers, out -> {
            out.write(7);
            out.flush();
            await(read);
            out.write(8);
        })) {
            assertThat(in.read()).isEqualTo(7);
            read.countDown();
            assertThat(in.readAllBytes()).containsExactly(8);
        }
    }

    @Test
    void aReaderWhoLeavesEndsTheWriter() throws Exception {
        AtomicLong written = new AtomicLong();
        CountDownLatch ended = new CountDownLatch(1);
        InputStream in = Pipe.of(writers, out -> {
            try {
                while (true) {
                    out.write(new byte[1024]);
                    written.addAndGet(1024);
                }
            } finally {
                ended.countDown();
            }
        });
        assertThat(in.read()).isZero();
        in.close();
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        // No more than what lies in the pipe and in the writer's hands.
        assertThat(written.get()).isLessThan(1 << 19);
    }

    @Test
    void aWriterWhoFailsLetsNobodyTakeAPartForTheWhole() throws IOException {
        try (InputStream in = Pipe.of(writers, out -> {
            out.write(new byte[100]);
            throw new IOException("no more");
        })) {
            assertThatThrownBy(in::readAllBytes).hasMessageContaining("could not be written to its end");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
