package io.milepost.analytics.benchmark;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built jar as a process of its own, as a user runs it. */
final class AnalyticsProcess implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path folder;
    private final int port;
    private final Process process;
    private final double startSeconds;

    /** Starts the jar and returns when it is ready. */
    AnalyticsProcess(Path jar, String heap, Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.port = freePort();
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"), "-Xmx" + heap, "-jar", jar.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile());
        builder.environment().put("MILEPOST_DATA_DIR", folder.resolve("data").toString());
        builder.environment().put("MICRONAUT_SERVER_PORT", Integer.toString(port));
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        process = builder.start();
        while (!ready()) {
            if (!process.isAlive()) {
                throw new IOException("the server ended: " + Files.readString(folder.resolve("server.log")));
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        startSeconds = (System.nanoTime() - start) / 1e9;
    }

    int port() {
        return port;
    }

    double startSeconds() {
        return startSeconds;
    }

    String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** Returns when the figures have so many events, all of which must have been acknowledged. */
    void awaitFigures(long events) throws IOException, InterruptedException {
        while (status("/v1/journeys?minEvents=" + events) != 200) {
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
    }

    /** What is reachable, as its own JVM says after a collection. */
    long heapMegabytes() throws IOException, InterruptedException {
        jcmd("GC.run");
        Matcher used = Pattern.compile("used (\\d+)K").matcher(jcmd("GC.heap_info"));
        return used.find() ? Long.parseLong(used.group(1)) / 1024 : -1;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        String told = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        return told;
    }

    /** Bytes below the data folder. */
    long diskBytes() throws IOException {
        return Databases.bytes(folder.resolve("data"));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    private boolean ready() throws InterruptedException {
        try {
            return status("/health/readiness") == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private int status(String path) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
