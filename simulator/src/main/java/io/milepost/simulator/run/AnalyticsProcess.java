package io.milepost.simulator.run;

import io.milepost.simulator.verify.AnalyticsClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Analytics as a process of its own, started from its jar; ended with this one. */
public final class AnalyticsProcess implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final int LOG_LINES = 15;

    private final ProcessBuilder builder;
    private final URI url;
    private final Path log;
    private final Thread hook;
    private volatile Process process;

    private AnalyticsProcess(ProcessBuilder builder, URI url, Path log) throws IOException {
        this.builder = builder;
        this.url = url;
        this.log = log;
        this.process = builder.start();
        this.hook = new Thread(() -> process.destroy(), "end-analytics");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts it on 127.0.0.1 and waits until it is ready.
     *
     * @param data folder it keeps all it stores in; its log goes there too
     * @param port 0 = a free one
     * @throws IllegalStateException with the end of its log, if it ends or does not become ready in time
     */
    public static AnalyticsProcess start(Path jar, Path data, int port, Duration patience) {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("there is no analytics jar at " + jar + "; build it with ./mvnw package");
        }
        try {
            Files.createDirectories(data);
            int listens = port == 0 ? freePort() : port;
            Path log = data.resolve("analytics.log");
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-jar",
                            jar.toAbsolutePath().toString())
                    .directory(data.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment()
                    .putAll(Map.of(
                            "MILEPOST_DATA_DIR",
                            data.toAbsolutePath().toString(),
                            "MICRONAUT_SERVER_HOST",
                            "127.0.0.1",
                            "MICRONAUT_SERVER_PORT",
                            Integer.toString(listens)));
            AnalyticsProcess started = new AnalyticsProcess(builder, URI.create("http://127.0.0.1:" + listens), log);
            started.awaitReady(patience);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("analytics cannot be started: " + e.getMessage(), e);
        }
    }

    /** A port of the loopback that nobody listened on a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    private void awaitReady(Duration patience) {
        AnalyticsClient client = new AnalyticsClient(url);
        long left = patience.toMillis();
        try {
            while (!client.isReady()) {
                if (left <= 0 || process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    String end = endOfLog();
                    close();
                    throw new IllegalStateException("analytics "
                            + (left <= 0 ? "was not ready within " + patience.toSeconds() + " s" : "ended at its start")
                            + "; its log ends with:\n" + end);
                }
                left -= POLL.toMillis();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IllegalStateException("interrupted while analytics started", e);
        }
    }

    private String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "(" + log + " cannot be read: " + e.getMessage() + ")";
        }
    }

    public URI url() {
        return url;
    }

    /**
     * Kills it, as {@code kill -9} does, and starts it again with the same data and address. Blocks until it is ready.
     *
     * @throws IllegalStateException as {@link #start} does
     */
    public void killAndRestart(Duration patience) {
        try {
            process.destroyForcibly().waitFor();
            process = builder.start();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while analytics was killed", e);
        } catch (IOException e) {
            throw new UncheckedIOException("analytics cannot be started again: " + e.getMessage(), e);
        }
        awaitReady(patience);
    }

    /** Ends it, gently for 10 s. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // then the hook runs, and finds nothing to do
            return;
        }
    }
}
