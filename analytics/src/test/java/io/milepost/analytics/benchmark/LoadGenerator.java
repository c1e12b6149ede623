package io.milepost.analytics.benchmark;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends new events to a running server and prints how many a second it acknowledged. Arguments: port, events a body,
 * bodies a round, rounds, connections, seed. Bodies are built before each round, so that the clock sees the server alone.
 */
final class LoadGenerator {

    private final int port;

    LoadGenerator(int port) {
        this.port = port;
    }

    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        int port = Integer.parseInt(args[0]);
        int events = Integer.parseInt(args[1]);
        int bodies = Integer.parseInt(args[2]);
        int rounds = Integer.parseInt(args[3]);
        int connections = Integer.parseInt(args[4]);
        EventBodies source = new EventBodies(Long.parseLong(args[5]), 10, 1_000_000);
        ExecutorService senders = Executors.newFixedThreadPool(connections);
        LoadGenerator generator = new LoadGenerator(port);
        for (int round = 1; round <= rounds; round++) {
            Queue<byte[]> waiting = source.queue(bodies, events);
            long start = System.nanoTime();
            long accepted = generator.send(waiting, connections, senders);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "round %d: %d events in %.2f s = %.0f events/s%n",
                    round,
                    accepted,
                    seconds,
                    accepted / seconds);
        }
        senders.shutdown();
    }

    /** Sends all bodies and returns how many events were acknowledged as new. */
    long send(Queue<byte[]> waiting, int connections, ExecutorService senders)
            throws InterruptedException, ExecutionException {
        List<Future<Long>> done = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            done.add(senders.submit(() -> drain(waiting)));
        }
        long accepted = 0;
        for (Future<Long> one : done) {
            accepted += one.get();
        }
        return accepted;
    }

    private long drain(Queue<byte[]> waiting) throws IOException {
        long accepted = 0;
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (byte[] body = waiting.poll(); body != null; body = waiting.poll()) {
                accepted += exchange(out, in, body);
            }
        }
        return accepted;
    }

    /**
     * Sends one after the other on one connection, each in its turn or as soon as the one before is answered.
     *
     * @param first when the first one's turn is, as {@link System#nanoTime}
     * @param apart nanoseconds from turn to turn
     * @return milliseconds from its turn to its answer, of each
     */
    List<Double> sendAt(Queue<byte[]> waiting, long first, long apart) throws IOException {
        List<Double> millis = new ArrayList<>();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            long turn = first;
            for (byte[] body = waiting.poll(); body != null; body = waiting.poll()) {
                LockSupport.parkNanos(turn - System.nanoTime());
                exchange(out, in, body);
                millis.add((System.nanoTime() - turn) / 1e6);
                turn += apart;
            }
        }
        return millis;
    }

    private long exchange(OutputStream out, InputStream in, byte[] body) throws IOException {
        out.write(head(body.length));
        out.write(body);
        out.flush();
        return accepted(in);
    }

    private byte[] head(int length) {
        return ("POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nContent-Type: application/cloudevents-batch+json\r\nContent-Length: " + length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static long accepted(InputStream in) throws IOException {
        String status = line(in);
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
        }
        String answer = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        if (!status.contains(" 200 ")) {
            throw new IOException(status + " " + answer);
        }
        int start = answer.indexOf(':') + 1;
        return Long.parseLong(answer.substring(start, answer.indexOf(',', start)));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
