package io.milepost.analytics.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.journal.Journal;
import io.milepost.analytics.store.EntryRows;
import io.milepost.analytics.store.jdbc.Connections;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** The service on a port of its own, with rows written as soon as can be. */
final class RowServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient client = HttpClient.newHttpClient();
    private final EmbeddedServer server;

    private RowServer(Map<String, Object> place) {
        Map<String, Object> all = new HashMap<>(place);
        all.put("micronaut.server.port", -1);
        all.put("milepost.ingest.max-ahead", "PT87600H");
        all.putIfAbsent("milepost.fact-rows.interval", "PT0.02S");
        server = ApplicationContext.run(EmbeddedServer.class, all);
    }

    static RowServer start(Map<String, Object> place) {
        RowServer server = new RowServer(place);
        server.bean(Journal.class).opened().join();
        return server;
    }

    <T> T bean(Class<T> type) {
        return server.getApplicationContext().getBean(type);
    }

    void post(List<String> events) {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(server.getURI().resolve("/v1/events"))
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofString(String.join("\n", events))));
        assertThat(answer.body()).contains("\"rejectedCount\":0");
    }

    String get(String path) {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(server.getURI().resolve(path)).GET());
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer.body();
    }

    JsonNode json(String path) {
        try {
            return JSON.readTree(get(path));
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns when rows hold all that was acknowledged. */
    void awaitRows() {
        Journal journal = bean(Journal.class);
        journal.whenProjected(journal.freshness().acceptedEvents()).join();
        long last = bean(CellProjection.class).read(Cells::sequence);
        FactRowWriter writer = bean(FactRowWriter.class);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (writer.waitingEntries() > 0 || writer.completeTo() < last) {
            assertThat(System.nanoTime())
                    .as("complete to %s of %s, failure %s", writer.completeTo(), last, writer.failure())
                    .isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }

    void assertRowsAreTheFacts(String description) {
        TreeMap<String, EntryRows> facts = KnownRows.of(bean(CellProjection.class));
        facts.replaceAll((key, rows) -> StoredRows.comparable(rows));
        assertThat(StoredRows.read(bean(Connections.class))).as(description).isEqualTo(facts);
    }

    @Override
    public void close() {
        server.close();
        server.getApplicationContext().close();
    }
}
