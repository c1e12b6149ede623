package io.milepost.operaton.example;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What analytics knows of a journey, as text. */
final class Figures {
    private static final JsonFactory JSON = new JsonFactory();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI analytics;
    private final String journey;

    Figures(URI analytics, String journey) {
        this.analytics = analytics;
        this.journey = journey;
    }

    /** Says so where analytics doesn't answer: the engine goes on all the same. */
    String read() throws InterruptedException {
        try {
            Map<?, ?> summary = get("/v1/journeys/" + journey + "/summary");
            Map<?, ?> nodes = get("/v1/journeys/" + journey + "/nodes");
            StringBuilder text = new StringBuilder(
                    "%nentries %s, active %s, messages %s (%s failed), converted %s, worth %s%n%-14s %8s %8s %8s %8s %8s%n"
                            .formatted(
                                    summary.get("entries"),
                                    summary.get("activeEntries"),
                                    summary.get("messagesSent"),
                                    summary.get("messagesFailed"),
                                    summary.get("convertedUsers"),
                                    summary.get("goalValue"),
                                    "node",
                                    "entered",
                                    "left",
                                    "there",
                                    "sent",
                                    "opened"));
            if (nodes.get("nodes") instanceof List<?> rows) {
                rows.forEach(row -> text.append(line((Map<?, ?>) row)));
            }
            return text.toString();
        } catch (IOException e) {
            return "analytics doesn't answer at " + analytics + "; events wait in the spool";
        }
    }

    private static String line(Map<?, ?> node) {
        return "%-14s %8s %8s %8s %8s %8s%n"
                .formatted(
                        node.get("nodeId"),
                        node.get("entryCount"),
                        node.get("completedCount"),
                        node.get("activeCount"),
                        node.get("sentCount"),
                        opened(node));
    }

    private static @Nullable Object opened(Map<?, ?> node) {
        return node.get("engagements") instanceof Map<?, ?> kinds && kinds.get("opened") instanceof Map<?, ?> opened
                ? opened.get("count")
                : "0";
    }

    private Map<?, ?> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(analytics.resolve(path)).build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        try (JsonParser json = JSON.createParser(answer.body())) {
            json.nextToken();
            return answer.statusCode() == 200 && value(json) instanceof Map<?, ?> map ? map : Map.of();
        }
    }

    private static @Nullable Object value(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                map.put(name, value(json));
            }
            return map;
        }
        if (json.currentToken() == JsonToken.START_ARRAY) {
            List<@Nullable Object> list = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(json));
            }
            return list;
        }
        return json.currentToken() == JsonToken.VALUE_NULL ? null : json.getText();
    }
}
