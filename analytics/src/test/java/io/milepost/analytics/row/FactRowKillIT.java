package io.milepost.analytics.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.milepost.analytics.Analytics;
import io.milepost.analytics.reference.AwkwardStreams;
import io.milepost.analytics.store.FactStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process, killed while it writes rows. */
final class FactRowKillIT {

    private static final int BATCH = 25;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void rowsAreCompleteAgainAfterAKill() throws Exception {
        Map<String, Object> place = Map.of("milepost.data-dir", folder.toString());
        killAfter(AwkwardStreams.of(11).events());
        killAfter(AwkwardStreams.of(11).withPeople(12, "more").events());

        try (ApplicationContext resting = ApplicationContext.run(place)) {
            assertThat(resting.getBean(FactStore.class).progress(1))
                    .as("rows were written before the kill")
                    .hasValueSatisfying(
                            progress -> assertThat(progress.completeTo()).isPositive());
        }
        try (RowServer server = RowServer.start(place)) {
            server.awaitRows();
            server.assertRowsAreTheFacts("after two kills");
        }
    }

    private void killAfter(List<String> events) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dmicronaut.server.port=-1",
                        "-Dmilepost.data-dir=" + folder,
                        "-Dmilepost.ingest.max-ahead=PT87600H",
                        "-Dmilepost.fact-rows.interval=PT0.005S",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Analytics.class.getName())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader log = process.inputReader()) {
            URI door = address(log).resolve("/v1/events");
            HttpClient client = HttpClient.newHttpClient();
            for (int start = 0; start < events.size(); start += BATCH) {
                send(client, door, events.subList(start, Math.min(events.size(), start + BATCH)));
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Sends again while the service still reads its journal. */
    private static void send(HttpClient client, URI door, List<String> events)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(door)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(String.join("\n", events)))
                .build();
        int status = 503;
        for (int attempt = 0; attempt < 300 && status == 503; attempt++) {
            status = client.send(request, BodyHandlers.ofString()).statusCode();
            if (status == 503) {
                Thread.sleep(100);
            }
        }
        assertThat(status).isEqualTo(200);
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
}
