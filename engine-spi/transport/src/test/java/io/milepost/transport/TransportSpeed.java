package io.milepost.transport;

import com.sun.net.httpserver.HttpServer;
import io.milepost.spi.JourneyEventBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;

/**
 * Measures, from a main: what a hook costs the engine's thread, and how many events a second the whole way takes. The
 * server only reads and counts, in the same process.
 */
final class TransportSpeed {
    private static final int BATCH = 14;

    private TransportSpeed() {}

    public static void main(String[] args) throws Exception {
        // Or the server's two writes an answer meet a delayed acknowledgement: 40 ms a request.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newFixedThreadPool(2));
        server.createContext("/v1/events", exchange -> {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            byte[] answer = "{\"accepted\":1000,\"duplicates\":0,\"rejectedCount\":0}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        JourneyEventBatch[] batches = new JourneyEventBatch[20_000];
        Arrays.setAll(batches, i -> Events.batch(i * BATCH, BATCH));
        hook(address, batches);
        for (int round = 0; round < 2; round++) {
            throughput(address, batches);
        }
        server.stop(0);
        System.exit(0);
    }

    /** In bursts the queue holds, and in one that spills. */
    private static void hook(URI address, JourneyEventBatch[] batches) throws IOException {
        try (Transport transport = transport(address)) {
            for (int burst : new int[] {500, 500, 500, 6000, 6000}) {
                long[] nanos = new long[6000];
                for (int i = 0; i < nanos.length; i++) {
                    if (i % burst == 0) {
                        transport.flush(Duration.ofMinutes(1));
                    }
                    long start = System.nanoTime();
                    transport.emit(batches[i]);
                    nanos[i] = System.nanoTime() - start;
                }
                Arrays.sort(nanos);
                System.out.printf(
                        "hook, a batch of %d, bursts of %d: mean %.2f us, median %.2f us, p99 %.2f us, max %.0f us%n",
                        BATCH,
                        burst,
                        Arrays.stream(nanos).average().orElseThrow() / 1e3,
                        nanos[nanos.length / 2] / 1e3,
                        nanos[nanos.length * 99 / 100] / 1e3,
                        nanos[nanos.length - 1] / 1e3);
            }
        }
    }

    private static void throughput(URI address, JourneyEventBatch[] batches) throws IOException, InterruptedException {
        try (Transport transport = transport(address)) {
            long start = System.nanoTime();
            for (int round = 0; round < 5; round++) {
                for (JourneyEventBatch batch : batches) {
                    transport.emitBlocking(batch);
                }
            }
            transport.flush(Duration.ofMinutes(1));
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%d events in %.2f s: %.0f events/s, %s%n",
                    transport.delivery().delivered(),
                    seconds,
                    transport.delivery().delivered() / seconds,
                    transport.delivery());
        }
    }

    private static Transport transport(URI address) throws IOException {
        Path spool = Files.createTempDirectory("milepost-speed");
        return Transport.to(address).spool(spool).connections(2).build();
    }
}
