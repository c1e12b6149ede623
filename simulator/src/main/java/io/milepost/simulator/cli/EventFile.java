package io.milepost.simulator.cli;

import io.milepost.spi.JourneyEvent;
import io.milepost.transport.CloudEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Events as NDJSON in the order in which they are given, made into text on several threads. To be used by one. */
final class EventFile implements AutoCloseable {

    private static final int PART = 500;
    private static final int BYTES_OF_A_PART = 1 << 18;

    private final OutputStream out;
    private final ExecutorService threads;
    private final int mostAhead;
    private final Deque<Future<ByteArrayOutputStream>> ahead = new ArrayDeque<>();
    private final Queue<ByteArrayOutputStream> spare = new ConcurrentLinkedQueue<>();
    private List<JourneyEvent> part = new ArrayList<>(PART);
    private long count;

    EventFile(OutputStream out, int threads) {
        this.out = out;
        this.mostAhead = 4 * threads;
        this.threads = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "milepost-text");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Blocks once too much waits to be written. */
    void write(List<JourneyEvent> events) {
        part.addAll(events);
        count += events.size();
        if (part.size() >= PART) {
            hand();
            if (ahead.size() > mostAhead) {
                writeNext();
            }
        }
    }

    /** How many were written so far. */
    long count() {
        return count;
    }

    private void hand() {
        List<JourneyEvent> full = part;
        part = new ArrayList<>(PART);
        ahead.add(threads.submit(() -> text(full)));
    }

    private ByteArrayOutputStream text(List<JourneyEvent> events) throws IOException {
        ByteArrayOutputStream used = spare.poll();
        ByteArrayOutputStream bytes = used == null ? new ByteArrayOutputStream(BYTES_OF_A_PART) : used;
        try (CloudEvents.Lines lines = CloudEvents.lines(bytes)) {
            for (JourneyEvent event : events) {
                lines.write(event);
            }
        }
        return bytes;
    }

    private void writeNext() {
        try {
            ByteArrayOutputStream bytes = ahead.remove().get();
            bytes.writeTo(out);
            bytes.reset();
            spare.add(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writing", e);
        }
    }

    /** Writes what is left, if nothing went wrong before, and ends the threads; leaves the stream open. */
    void finish() throws IOException {
        hand();
        while (!ahead.isEmpty()) {
            writeNext();
        }
        out.flush();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
