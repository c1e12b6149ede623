package io.milepost.analytics.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.ingest.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service itself, as a process, killed without warning while clients send. What was not answered is sent again to the
 * next one.
 */
final class KillIT {

    private static final long SEED = 42;
    private static final int CLIENTS = 3;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Random random = new Random(SEED);
    private final Ledger ledger = new Ledger();
    private final AtomicLong people = new AtomicLong();
    private final Queue<List<String>> unanswered = new ConcurrentLinkedQueue<>();

    @Test
    void keepsEveryAcknowledgedEventOnceOverAnyKill() throws Exception {
        int rounds = Soak.rounds(3, 12);
        for (int round = 0; round < rounds; round++) {
            killWhileClientsSend(2 + random.nextInt(3), Duration.ofMillis(random.nextInt(200)));
        }

        assertThat(unanswered).as("seed %s", SEED).isNotEmpty();
        assertThat(ledger.acknowledgedCount()).isGreaterThan(rounds * 2);
        try (Server server = Server.start(
                Map.of("milepost.data-dir", folder.toString(), "milepost.ingest.max-ahead", "PT876000H"))) {
            ledger.assertKept(server);
        }
    }

    /** @param longer how long it goes on living once so many bodies were acknowledged */
    private void killWhileClientsSend(int bodies, Duration longer) throws Exception {
        try (ServerProcess server = ServerProcess.begin(folder, "-Dmilepost.checkpoint.min-events=1")) {
            URI uri = server.address().resolve("/v1/events");
            CountDownLatch enough = new CountDownLatch(bodies);
            List<Thread> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                Thread thread = new Thread(() -> sendUntilItIsGone(uri, enough));
                thread.start();
                clients.add(thread);
            }
            enough.await();
            LockSupport.parkNanos(longer.toNanos());
            server.kill();
            for (Thread client : clients) {
                client.join();
            }
        }
    }

    private void sendUntilItIsGone(URI uri, CountDownLatch enough) {
        HttpClient client = HttpClient.newHttpClient();
        List<String> events = next(enough);
        try {
            while (true) {
                if (isAcknowledged(client, uri, events)) {
                    ledger.acknowledged(events);
                    enough.countDown();
                    events = next(enough);
                } else {
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                }
            }
        } catch (IOException killed) {
            unanswered.add(events);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** New events while some are wanted still; then known ones again, so that it is never idle. */
    private List<String> next(CountDownLatch enough) {
        List<String> again = unanswered.poll();
        long number = enough.getCount() > 0 ? people.incrementAndGet() : 1 + people.get() / 2;
        List<String> events = again != null ? again : Ledger.events(number);
        ledger.sending(events);
        return events;
    }

    private static boolean isAcknowledged(HttpClient client, URI uri, List<String> events)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", Server.LINES)
                .POST(BodyPublishers.ofString(String.join("\n", events)))
                .build();
        return client.send(request, BodyHandlers.ofString()).statusCode() == 200;
    }
}
