package io.milepost.simulator.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.milepost.spi.JourneyEvent;
import io.milepost.transport.CloudEvents;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Events no engine should send, among good ones: each breaks one rule of the contract. Analytics should refuse every one of
 * them with its reason, and take their neighbours.
 */
public final class Poison {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int TOO_LARGE = 80 * 1024;

    /**
     * What analytics answered to a dose.
     *
     * @param expected the reasons it should have given, by index in the body
     * @param got those it gave
     * @param taken good neighbours it took, as new or as duplicates
     * @param neighbours good neighbours there were
     */
    public record Answer(Map<Integer, String> expected, Map<Integer, String> got, long taken, long neighbours) {
        public boolean isRight() {
            return expected.equals(got) && taken == neighbours;
        }
    }

    private final URI ingest;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    public Poison(URI analytics) {
        this.ingest = URI.create(analytics.toString().replaceAll("/+$", "") + "/v1/events");
    }

    /**
     * Sends a good event, known already, between two of its broken forms each. Blocks.
     *
     * @throws IOException if analytics gives no answer of 200
     */
    public Answer give(JourneyEvent known) throws IOException {
        String good = new String(CloudEvents.encode(known), StandardCharsets.UTF_8);
        List<String> body = new ArrayList<>();
        Map<Integer, String> expected = new LinkedHashMap<>();
        long neighbours = 0;
        for (Map.Entry<String, String> broken : broken(good, known).entrySet()) {
            expected.put(body.size(), broken.getValue());
            body.add(broken.getKey());
            body.add(good);
            neighbours++;
        }
        return answer(String.join("\n", body), expected, neighbours);
    }

    /** Broken forms of a good event, each with the reason it is to be refused for. */
    private static Map<String, String> broken(String good, JourneyEvent known) {
        String id = JSON.getNodeFactory().textNode(known.id()).toString();
        String fresh =
                good.replace("\"id\":" + id, "\"id\":" + JSON.getNodeFactory().textNode(known.id() + "/poison"));
        String time = "\"time\":\"" + known.time() + "\"";
        Map<String, String> broken = new LinkedHashMap<>();
        broken.put(good.substring(0, good.length() / 2), "not-json");
        broken.put(fresh.replace("\"type\":\"", "\"type\":\"no."), "unknown-type");
        broken.put(fresh.replace(time, "\"time\":\"yesterday\""), "invalid-time");
        broken.put(fresh.replace(time, "\"time\":\"2999-01-01T00:00:00Z\""), "time-in-future");
        broken.put(
                fresh.replace("\"id\":" + JSON.getNodeFactory().textNode(known.id() + "/poison") + ",", ""),
                "missing-field");
        broken.put(fresh.replace("\"specversion\":\"1.0\"", "\"specversion\":\"0.3\""), "invalid-field");
        broken.put(
                fresh.substring(0, fresh.length() - 1) + ",\"padding\":\"" + "x".repeat(TOO_LARGE) + "\"}",
                "too-large");
        broken.put(good.replace(time, "\"time\":\"" + known.time().plusMillis(1) + "\""), "id-conflict");
        return broken;
    }

    private Answer answer(String body, Map<Integer, String> expected, long neighbours) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(ingest)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("analytics answered " + response.statusCode() + " to a body with broken events");
            }
            JsonNode json = JSON.readTree(response.body());
            Map<Integer, String> got = new LinkedHashMap<>();
            json.path("rejected")
                    .forEach(rejection -> got.put(
                            rejection.path("index").asInt(),
                            rejection.path("reason").asText()));
            return new Answer(
                    expected,
                    got,
                    json.path("accepted").asLong() + json.path("duplicates").asLong(),
                    neighbours);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
