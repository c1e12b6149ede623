package io.milepost.simulator.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Reads figures over HTTP. Any thread; blocks. */
public final class AnalyticsClient {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_TRIES = 24;

    /** One query parameter; a repeatable one is there several times. */
    record Parameter(String name, String value) {}

    private final URI base;
    private final HttpClient http;

    /** @param base address of analytics, e.g. {@code http://localhost:8080} */
    public AnalyticsClient(URI base) {
        this.base = base;
        this.http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    public URI base() {
        return base;
    }

    /** Whether it answers and says it is ready. */
    public boolean isReady() {
        try {
            return exchange("/health/readiness").statusCode() == 200;
        } catch (AnalyticsException e) {
            return false;
        }
    }

    /**
     * How many events analytics has accepted so far, of anybody: what it answers to a batch without events.
     *
     * @throws AnalyticsException if it doesn't answer
     */
    public long acceptedEvents() {
        HttpResponse<String> response = exchange(request("/v1/events")
                .header("Content-Type", "application/cloudevents-batch+json")
                .POST(HttpRequest.BodyPublishers.ofString("[]"))
                .build());
        if (response.statusCode() != 200) {
            throw new AnalyticsException(
                    "POST /v1/events without events answered " + response.statusCode() + ": " + start(response.body()),
                    false);
        }
        return parsed(response).path("acceptedEvents").asLong();
    }

    /**
     * The answer of status 200, asked for again while it is 503.
     *
     * @throws AnalyticsException if there is none
     */
    JsonNode get(String path, List<Parameter> parameters) {
        String query = parameters.stream()
                .map(parameter -> encoded(parameter.name) + "=" + encoded(parameter.value))
                .collect(Collectors.joining("&"));
        String target = query.isEmpty() ? path : path + "?" + query;
        HttpResponse<String> response = exchange(target);
        for (int tries = 1; response.statusCode() == 503 && tries < MOST_TRIES; tries++) {
            response = exchange(target);
        }
        if (response.statusCode() != 200) {
            throw new AnalyticsException(
                    "GET " + target + " answered " + response.statusCode() + ": " + start(response.body()), false);
        }
        return parsed(response);
    }

    private HttpResponse<String> exchange(String target) {
        return exchange(request(target).build());
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create(base.toString().replaceAll("/+$", "") + target))
                .timeout(PATIENCE)
                .header("Accept", "application/json");
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AnalyticsException(
                    "analytics at " + base + " cannot be reached ("
                            + e.getClass().getSimpleName() + "): is it running there?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AnalyticsException("interrupted while waiting for analytics", e);
        }
    }

    private static JsonNode parsed(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new AnalyticsException(
                    "GET " + response.uri().getPath() + " answered no JSON: " + start(response.body()), false);
        }
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String start(String body) {
        String line = body.replaceAll("\\s+", " ");
        return line.length() <= 300 ? line : line.substring(0, 300) + "…";
    }
}
