package io.milepost.analytics.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * A running server, seen through a name space of its own: journeys, users, entries, messages and event ids carry its name,
 * so that one server can judge any number of streams. Batches go in all content types, packed or not.
 */
public final class HttpSubject implements Subject {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client;
    private final URI server;
    private final String space;
    private final Random random;
    private final Set<SeenEvent.Identity> known = new HashSet<>();
    private long acceptedEvents;

    /** @param space a name no other subject of this server has had */
    public HttpSubject(HttpClient client, URI server, String space) {
        this.client = client;
        this.server = server;
        this.space = space;
        this.random = new Random(space.hashCode());
    }

    @Override
    public void feed(List<String> events) {
        List<String> own = Rewrite.all(events, event -> Rewrite.isolate(event, space));
        for (int start = 0; start < own.size(); start += 5_000) {
            post(own.subList(start, Math.min(own.size(), start + 5_000)));
        }
    }

    private void post(List<String> events) {
        JsonNode answer = send(request(events));
        long news = events.stream()
                .map(event -> SeenEvent.parse(event).identity())
                .filter(known::add)
                .count();
        boolean right = answer.path("accepted").asLong(-1) == news
                && answer.path("duplicates").asLong(-1) == events.size() - news
                && answer.path("rejectedCount").asLong(-1) == 0;
        if (!right) {
            throw new IllegalStateException("Of " + events.size() + " events, " + news + " of them new: " + answer
                    + turnedAway(events, answer));
        }
        acceptedEvents = answer.path("acceptedEvents").asLong();
    }

    private static String turnedAway(List<String> events, JsonNode answer) {
        StringBuilder lines = new StringBuilder();
        Json.elements(answer.path("rejected")).limit(3).forEach(one -> lines.append('\n')
                .append(events.get(one.path("index").asInt())));
        return lines.toString();
    }

    private HttpRequest request(List<String> events) {
        int form = events.size() == 1 ? random.nextInt(3) : 1 + random.nextInt(2);
        String type = List.of(
                        "application/cloudevents+json", "application/cloudevents-batch+json", "application/x-ndjson")
                .get(form);
        String body =
                switch (form) {
                    case 0 -> events.get(0);
                    case 1 -> "[" + String.join(",", events) + "]";
                    default ->
                        String.join(random.nextBoolean() ? "\n" : "\n\n", events) + (random.nextBoolean() ? "\n" : "");
                };
        boolean packed = random.nextBoolean();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/v1/events"))
                .timeout(PATIENCE)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed ? gzip(bytes) : bytes));
        return (packed ? request.header("Content-Encoding", "gzip") : request).build();
    }

    @Override
    public JsonNode figures(FigureRequest request) {
        Map<String, List<String>> parameters =
                new LinkedHashMap<>(request.query().parameters());
        if (request.measure() != null && request.bucket() != null) {
            parameters.put("measure", List.of(request.measure()));
            parameters.put("bucket", List.of(request.bucket().name().toLowerCase(Locale.ROOT)));
        }
        if (request.nodeId() != null) {
            parameters.put("node", List.of(request.nodeId()));
        }
        parameters.put("minEvents", List.of(String.valueOf(acceptedEvents)));
        List<String> pairs = new ArrayList<>();
        parameters.forEach((name, values) -> values.forEach(value -> pairs.add(name + "=" + encode(value))));
        URI uri = server.resolve("/v1/journeys/" + encode(request.journeyId() + space) + "/"
                + request.figure().name().toLowerCase(Locale.ROOT) + "?" + String.join("&", pairs));
        return send(HttpRequest.newBuilder(uri).timeout(PATIENCE).GET().build());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(
                        request.method() + " " + request.uri() + ": " + response.statusCode() + " " + response.body());
            }
            return Json.parse(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    @Override
    public boolean restarts() {
        return false;
    }

    /** Nobody can restart a server over HTTP. */
    @Override
    public void restart() {
        throw new UnsupportedOperationException("restart over HTTP");
    }

    @Override
    public void close() {}
}
