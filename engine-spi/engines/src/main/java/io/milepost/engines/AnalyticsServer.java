package io.milepost.engines;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.milepost.spi.JourneyEvent;
import io.milepost.transport.CloudEvents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** Takes events over HTTP as analytics does: each id once; the same id with other content is a conflict. */
public final class AnalyticsServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private volatile boolean away;
    private final Map<String, JourneyEvent> events = new ConcurrentHashMap<>();
    private final Map<String, JourneyEvent> conflicts = new ConcurrentHashMap<>();

    public AnalyticsServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/v1/events", this::take);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers nothing but 503 from now on. */
    public void goAway() {
        away = true;
    }

    public void comeBack() {
        away = false;
    }

    /** By id, what was accepted. */
    public Map<String, JourneyEvent> events() {
        return events;
    }

    /** By id, what came as another event than at first. */
    public Map<String, JourneyEvent> conflicts() {
        return conflicts;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (away) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
                body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
            }
            int[] counts = new int[2];
            new String(body, StandardCharsets.UTF_8).lines().forEach(line -> counts[take(line)]++);
            byte[] answer = "{\"accepted\":%d,\"duplicates\":%d,\"rejectedCount\":0,\"rejected\":[]}"
                    .formatted(counts[0], counts[1])
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    /** 0 = new, 1 = known. */
    private int take(String line) {
        JourneyEvent event = CloudEvents.decode(line.getBytes(StandardCharsets.UTF_8));
        JourneyEvent known = events.putIfAbsent(event.id(), event);
        if (known != null && !known.equals(event)) {
            conflicts.put(event.id(), event);
        }
        return known == null ? 0 : 1;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
