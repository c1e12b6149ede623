package io.milepost.transport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.milepost.spi.JourneyEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/** A real HTTP server that takes events as analytics does, once for each id, and can be told to misbehave. */
final class Collector implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    final Set<String> ids = ConcurrentHashMap.newKeySet();
    final AtomicInteger requests = new AtomicInteger();
    final AtomicLong duplicates = new AtomicLong();
    final List<Integer> batchSizes = new CopyOnWriteArrayList<>();

    /** What to do with a request, instead of taking its events. */
    @FunctionalInterface
    interface Misbehaviour {
        /** True if the request is dealt with, false to take it. */
        boolean happens(HttpExchange exchange, int request, List<JourneyEvent> events)
                throws IOException, InterruptedException;
    }

    private volatile Misbehaviour misbehaviour = (exchange, request, events) -> false;

    Collector() throws IOException {
        this(0);
    }

    Collector(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        server.setExecutor(threads);
        server.createContext("/v1/events", this::handle);
        server.start();
    }

    Collector which(Misbehaviour does) {
        misbehaviour = does;
        return this;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    static int freePort() throws IOException {
        try (Collector collector = new Collector()) {
            return collector.server.getAddress().getPort();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            List<JourneyEvent> events = read(exchange);
            if (misbehaviour.happens(exchange, requests.incrementAndGet(), events)) {
                return;
            }
            take(exchange, events);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void take(HttpExchange exchange, List<JourneyEvent> events) throws IOException {
        int before = 0;
        for (JourneyEvent event : events) {
            before += ids.add(event.id()) ? 0 : 1;
        }
        duplicates.addAndGet(before);
        batchSizes.add(events.size());
        answer(
                exchange,
                200,
                Map.of(),
                "{\"accepted\":" + (events.size() - before) + ",\"duplicates\":" + before
                        + ",\"rejectedCount\":0,\"rejected\":[]}");
    }

    static void answer(HttpExchange exchange, int status, Map<String, String> headers, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        headers.forEach(exchange.getResponseHeaders()::add);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static List<JourneyEvent> read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.startsWith("[")) {
            text = text.substring(1, text.length() - 1).replace("},{\"specversion\"", "}\n{\"specversion\"");
        }
        List<JourneyEvent> events = new ArrayList<>();
        text.lines().forEach(line -> events.add(CloudEvents.decode(line.getBytes(StandardCharsets.UTF_8))));
        return events;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
