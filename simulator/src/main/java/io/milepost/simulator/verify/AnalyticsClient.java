package io.milepost.simulator.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads figures over HTTP. Any thread; blocks. */
public final class AnalyticsClient {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    /** A range of cut days of millions of people takes a while. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration READY = Duration.ofSeconds(10);
    private static final int MOST_TRIES = 24;
    private static final String PAGE = "1000";
    private static final long MOST_PAGES = 3;
    private static final CSVFormat FROM_CSV =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    /** One query parameter; a repeatable one is there several times. */
    record Parameter(String name, String value) {}

    private final URI base;
    private final Duration patience;
    private final HttpClient http;

    /** @param base address of analytics, e.g. {@code http://localhost:8080} */
    public AnalyticsClient(URI base) {
        this(base, PATIENCE);
    }

    /** @param patience how long an answer may take */
    AnalyticsClient(URI base, Duration patience) {
        this.base = base;
        this.patience = patience;
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
            HttpRequest asked = request("/health/readiness").timeout(READY).build();
            return exchange(asked).statusCode() == 200;
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
        String query = query(parameters);
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

    /**
     * The account's zone, by which its months are counted.
     *
     * @throws AnalyticsException if analytics does not say
     */
    public ZoneId accountZone() {
        String zone = get("/v1/account", List.of()).path("zone").asText();
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new AnalyticsException("GET /v1/account answered the zone '" + zone + "'", false);
        }
    }

    /**
     * The answer of status 200; empty where analytics says that there is no such thing (404).
     *
     * @throws AnalyticsException if there is neither
     */
    Optional<JsonNode> find(String path) {
        HttpResponse<String> response = exchange(path);
        if (response.statusCode() == 404) {
            return Optional.empty();
        }
        if (response.statusCode() != 200) {
            throw new AnalyticsException(
                    "GET " + path + " answered " + response.statusCode() + ": " + start(response.body()), false);
        }
        return Optional.of(parsed(response));
    }

    /**
     * All rows of a list: by cursor where they are few, else as one CSV stream, so that any number fits.
     *
     * @throws AnalyticsException if there are none to be had
     */
    void rows(String path, List<Parameter> parameters, Consumer<Cells> row) {
        JsonNode page = get(path, with(parameters, "size", PAGE));
        if (page.path("total").asLong() > MOST_PAGES * Long.parseLong(PAGE)) {
            download(path, parameters, row);
            return;
        }
        page.path("users").forEach(json -> row.accept(cells(json)));
        while (page.path("nextCursor").isTextual()) {
            page = get(
                    path,
                    with(
                            with(parameters, "size", PAGE),
                            "cursor",
                            page.path("nextCursor").asText()));
            page.path("users").forEach(json -> row.accept(cells(json)));
        }
    }

    private static Cells cells(JsonNode json) {
        return column -> json.path(column).asText(null);
    }

    private static Cells cells(Map<String, Integer> columns, CSVRecord line) {
        return column -> {
            Integer index = columns.get(column);
            String cell = index == null || index >= line.size() ? "" : line.get(index);
            return cell.isEmpty() ? null : Spreadsheet.plain(cell);
        };
    }

    static List<Parameter> with(List<Parameter> parameters, String name, String value) {
        List<Parameter> more = new ArrayList<>(parameters);
        more.add(new Parameter(name, value));
        return more;
    }

    /** All rows of a report, as CSV. */
    void download(String path, List<Parameter> parameters, Consumer<Cells> row) {
        String target = path + "?" + query(with(parameters, "format", "csv"));
        try {
            HttpResponse<InputStream> response = http.send(
                    request(target).setHeader("Accept", "text/csv").build(), HttpResponse.BodyHandlers.ofInputStream());
            try (Reader text = new InputStreamReader(response.body(), StandardCharsets.UTF_8);
                    CSVParser lines = FROM_CSV.parse(text)) {
                if (response.statusCode() != 200) {
                    throw new AnalyticsException("GET " + target + " answered " + response.statusCode(), false);
                }
                Map<String, Integer> columns = lines.getHeaderMap();
                for (CSVRecord line : lines) {
                    row.accept(cells(columns, line));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new AnalyticsException("GET " + target + " broke off: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AnalyticsException("interrupted while waiting for analytics", e);
        }
    }

    private static String query(List<Parameter> parameters) {
        return parameters.stream()
                .map(parameter -> encoded(parameter.name) + "=" + encoded(parameter.value))
                .collect(Collectors.joining("&"));
    }

    private HttpResponse<String> exchange(String target) {
        return exchange(request(target).build());
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create(base.toString().replaceAll("/+$", "") + target))
                .timeout(patience)
                .header("Accept", "application/json");
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (HttpConnectTimeoutException e) {
            throw new AnalyticsException("analytics at " + base + " cannot be reached: is it running there?", e);
        } catch (HttpTimeoutException e) {
            throw new AnalyticsException(
                    request.method() + " " + request.uri() + " was not answered within "
                            + request.timeout().orElse(patience).toMillis() / 1000.0 + " s",
                    false);
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
