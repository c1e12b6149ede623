package io.milepost.analytics.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.ingest.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many more events at a time than a small heap has room for. */
final class OverloadIT {

    private static final int CLIENTS = 12;
    private static final int EVENTS = 6_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ready = new CountDownLatch(CLIENTS);
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @Test
    void staysAliveOnASmallHeapAndLosesNothing() throws Exception {
        overload(Soak.rounds(2, 40), "-Xmx192m");
    }

    @Test
    void refusesWhatItHasNoRoomForAndLosesNothing() throws Exception {
        overload(Soak.rounds(2, 40), "-Xmx192m", "-Dmilepost.ingest.max-waiting-bytes=1000000");

        assertThat(refused.get()).as("refused bodies").isPositive();
    }

    private void overload(int batches, String... options) throws Exception {
        try (ServerProcess server = ServerProcess.begin(folder, options)) {
            URI events = server.address().resolve("/v1/events");
            List<Thread> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                String prefix = client + "-";
                Thread thread = new Thread(() -> sendAll(events, prefix, batches));
                thread.start();
                clients.add(thread);
            }
            for (Thread client : clients) {
                client.join();
            }
            assertThat(failure.get()).as(server.log()).isNull();
            assertThat(server.isAlive()).isTrue();
            assertThat(server.log()).doesNotContain("OutOfMemoryError");
            server.kill();
        }
        assertThat(acknowledged).hasSize(CLIENTS * batches * EVENTS);
        try (Server server = Server.start(Map.of("milepost.data-dir", folder.toString()))) {
            assertThat(server.journal().freshness().acceptedEvents()).isEqualTo(acknowledged.size());
        }
    }

    private void sendAll(URI uri, String prefix, int batches) {
        HttpClient client = HttpClient.newHttpClient();
        try {
            List<byte[]> bodies = new ArrayList<>();
            for (int batch = 0; batch < batches; batch++) {
                bodies.add(body(prefix + batch + "-"));
            }
            // All at once: making them costs more than taking them.
            ready.countDown();
            ready.await();
            for (int batch = 0; batch < batches && failure.get() == null; batch++) {
                sendUntilTaken(client, uri, bodies.get(batch), prefix + batch + "-");
            }
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            failure.compareAndSet(null, e);
        }
    }

    private static byte[] body(String prefix) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < EVENTS; i++) {
            body.append(event(prefix + i)).append('\n');
        }
        return Server.bytes(body.toString());
    }

    private void sendUntilTaken(HttpClient client, URI uri, byte[] body, String prefix)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", Server.LINES)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        while (answer.statusCode() != 200) {
            assertThat(answer.statusCode()).as(answer.body()).isIn(429, 503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            refused.incrementAndGet();
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            answer = client.send(request, BodyHandlers.ofString());
        }
        for (int i = 0; i < EVENTS; i++) {
            acknowledged.add(prefix + i);
        }
    }

    /** Large by a field that only the journal keeps. */
    private static String event(String id) {
        return ("{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/engines/test\",\"type\":\"user.acted\","
                        + "\"time\":\"2026-03-01T12:00:00Z\",\"data\":{\"userId\":\"u-%s\",\"name\":\"x\","
                        + "\"note\":\"%s\"}}")
                .formatted(id, id.hashCode() % 100, "n".repeat(300));
    }
}
