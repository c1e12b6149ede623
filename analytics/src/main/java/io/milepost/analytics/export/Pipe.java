package io.milepost.analytics.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is read as it is written: one thread writes, another reads, and no more than a few chunks lie in between. Once
 * the reader is closed the writer fails at its next chunk; where the writer fails, so does the reader, and takes no part
 * for the whole.
 */
public final class Pipe {

    private static final Logger LOG = LoggerFactory.getLogger(Pipe.class);
    private static final int CHUNK = 1 << 14;
    private static final int CHUNKS = 8;
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(CHUNKS);
    private volatile boolean closed;
    private volatile @Nullable Exception failure;

    private Pipe() {}

    /** Writes into the pipe. */
    public interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /** What is written, from now on, on a thread of the executor. */
    public static InputStream of(Executor executor, Writing writing) {
        Pipe pipe = new Pipe();
        executor.execute(() -> pipe.write(writing));
        return pipe.new Reading();
    }

    private void write(Writing writing) {
        try (OutputStream out = new Chunks()) {
            writing.to(out);
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                LOG.error("a download could not be written to its end", e);
            }
            failure = e;
        } finally {
            end();
        }
    }

    private void end() {
        try {
            put(END);
        } catch (IOException e) {
            LOG.debug("a download was left by its reader");
        }
    }

    private void put(byte[] chunk) throws IOException {
        try {
            boolean taken = false;
            while (!taken) {
                if (closed) {
                    throw new IOException("the reader has gone");
                }
                taken = chunks.offer(chunk, 1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while writing", e);
        }
    }

    private final class Chunks extends OutputStream {

        private final byte[] buffer = new byte[CHUNK];
        private int length;
        private boolean begun;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            for (int at = from; at < from + count; ) {
                if (length == CHUNK) {
                    flush();
                }
                int some = Math.min(CHUNK - length, from + count - at);
                System.arraycopy(bytes, at, buffer, length, some);
                length += some;
                at += some;
            }
            // The reader sees at once that something comes.
            if (!begun) {
                begun = true;
                flush();
            }
        }

        @Override
        public void flush() throws IOException {
            if (length > 0) {
                put(Arrays.copyOf(buffer, length));
                length = 0;
            }
        }

        @Override
        public void close() throws IOException {
            if (failure == null) {
                flush();
            }
        }
    }

    private final class Reading extends InputStream {

        private byte[] chunk = END;
        private int at;
        private boolean ended;

        @Override
        public int read() throws IOException {
            return fill() ? chunk[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] to, int from, int most) throws IOException {
            if (!fill()) {
                return -1;
            }
            int some = Math.min(most, chunk.length - at);
            System.arraycopy(chunk, at, to, from, some);
            at += some;
            return some;
        }

        @Override
        public int available() {
            return chunk.length - at;
        }

        private boolean fill() throws IOException {
            if (at < chunk.length) {
                return true;
            }
            if (!ended) {
                try {
                    chunk = chunks.take();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("stopped while reading", e);
                }
                at = 0;
                ended = chunk == END;
            }
            if (ended && failure != null) {
                throw new IOException("the download could not be written to its end", failure);
            }
            return !ended;
        }

        @Override
        public void close() {
            closed = true;
            chunks.clear();
        }
    }
}
