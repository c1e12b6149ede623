package io.milepost.analytics.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.journal.Block;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service itself, as a process, killed without warning while clients send. */
final class KillIT {

    private static final int ROUNDS = 3;
    private static final int CLIENTS = 3;
    private static final int EVENTS = 50;

    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void keepsEveryAcknowledgedEventOnceOverAnyKill() throws Exception {
        long seed = 42;
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            killWhileClientsSend(round, 20 + random.nextInt(60));
        }

        List<String> stored = stored();

        assertThat(stored).as("seed %s", seed).doesNotHaveDuplicates();
        assertThat(acknowledged).hasSizeGreaterThan(ROUNDS * 20 * EVENTS);
        assertThat(stored).containsAll(acknowledged);
        assertThat(sent).containsAll(stored);
    }

    private void killWhileClientsSend(int round, int batches) throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dmicronaut.server.port=-1",
                        "-Dmilepost.data-dir=" + folder,
                        "-jar",
                        Path.of("target", "analytics.jar").toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader log = server.inputReader()) {
            URI uri = address(log);
            CountDownLatch enough = new CountDownLatch(batches);
            List<Thread> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                String prefix = round + "-" + client + "-";
                Thread thread = new Thread(() -> send(uri.resolve("/v1/events"), prefix, enough));
                thread.start();
                clients.add(thread);
            }
            enough.await();
            server.destroyForcibly().waitFor();
            for (Thread client : clients) {
                client.join();
            }
        } finally {
            server.destroyForcibly();
        }
    }

    private static URI address(BufferedReader log) throws IOException {
        String running = "Server Running: ";
        String line = log.readLine();
        while (line != null && !line.contains(running)) {
            line = log.readLine();
        }
        if (line == null) {
            throw new IOException("the server ended before it ran");
        }
        return URI.create(
                line.substring(line.indexOf(running) + running.length()).strip());
    }

    /** Sends new batches until the server is gone. */
    private void send(URI uri, String prefix, CountDownLatch enough) {
        HttpClient client = HttpClient.newHttpClient();
        try {
            for (int batch = 0; ; batch++) {
                List<String> ids = ids(prefix + batch + "-");
                sent.addAll(ids);
                HttpRequest request = HttpRequest.newBuilder(uri)
                        .header("Content-Type", Server.LINES)
                        .POST(BodyPublishers.ofString(
                                ids.stream().map(KillIT::event).collect(Collectors.joining("\n"))))
                        .build();
                HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    assertThat(answer.body()).contains("\"accepted\":" + EVENTS);
                    acknowledged.addAll(ids);
                    enough.countDown();
                }
            }
        } catch (IOException gone) {
            // killed, as it should be
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> ids(String prefix) {
        return IntStream.range(0, EVENTS).mapToObj(i -> prefix + i).toList();
    }

    private static String event(String id) {
        return ("{\"specversion\": \"1.0\", \"id\": \"%s\", \"source\": \"/engines/test\", \"type\": \"user.acted\","
                        + " \"time\": \"2026-03-01T12:00:00Z\", \"data\": {\"userId\": \"u-1\", \"name\": \"x\"}}")
                .formatted(id);
    }

    private List<String> stored() {
        List<String> ids = new ArrayList<>();
        try (Server server = Server.start(Map.of("milepost.data-dir", folder.toString()))) {
            Optional<Block> block = server.journal().block(1);
            for (long next = 2; block.isPresent(); next++) {
                block.get().events().forEach(event -> ids.add(event.id));
                block = server.journal().block(next);
            }
        }
        return ids;
    }
}
