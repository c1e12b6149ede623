package io.milepost.analytics.api;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.milepost.analytics.journal.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** The service on a free port, with {@link KnownJourneys} behind it. */
public final class ApiServer implements AutoCloseable {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final EmbeddedServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private ApiServer(EmbeddedServer server) {
        this.server = server;
    }

    public static ApiServer start(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("known-journeys", true);
        return startWith(properties);
    }

    /** With nothing behind it but what it is sent. */
    public static ApiServer startEmpty() {
        return startWith(new HashMap<>());
    }

    /** The same, with settings; with {@code milepost.data-dir}, on what lies there. */
    public static ApiServer startEmpty(Map<String, Object> settings) {
        return startWith(new HashMap<>(settings));
    }

    private static ApiServer startWith(Map<String, Object> properties) {
        properties.put("micronaut.server.port", -1);
        properties.computeIfAbsent("milepost.data-dir", any -> dataFolder());
        EmbeddedServer server = ApplicationContext.run(EmbeddedServer.class, properties);
        server.getApplicationContext().getBean(Journal.class).opened().join();
        return new ApiServer(server);
    }

    private static String dataFolder() {
        try {
            return Files.createTempDirectory("milepost-api").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    KnownJourneys journeys() {
        return server.getApplicationContext().getBean(KnownJourneys.class);
    }

    public int port() {
        return server.getPort();
    }

    public URI uri(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + port() + pathAndQuery);
    }

    public HttpResponse<String> get(String pathAndQuery, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(pathAndQuery));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    public HttpResponse<String> send(String method, String path, String body) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }

    /** Events, one a line. */
    HttpResponse<String> post(String lines) {
        return send(HttpRequest.newBuilder(uri("/v1/events"))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public JsonNode json(String pathAndQuery) {
        HttpResponse<String> response = get(pathAndQuery);
        if (response.statusCode() != 200) {
            throw new AssertionError(pathAndQuery + " gave " + response.statusCode() + ": " + response.body());
        }
        return parse(response.body());
    }

    public static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + body, e);
        }
    }

    /** Sends bytes as they are and reads until the server closes; the request should ask it to. */
    public String raw(byte[] request) {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the lines of a head, then a blank one. */
    public String raw(String... lines) {
        return raw(
                (String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() {
        server.close();
    }
}
