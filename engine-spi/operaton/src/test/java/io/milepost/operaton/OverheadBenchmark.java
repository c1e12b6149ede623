package io.milepost.operaton;

import com.sun.management.OperatingSystemMXBean;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * From a main: what Milepost costs the engine, in CPU time of the whole process, queue, spool, JSON and HTTP included, beside
 * the same engine without it. Rounds of the ways are interleaved, so that a machine that is busy is so for all. The server
 * that stands for analytics reads and answers, in the same process.
 */
final class OverheadBenchmark {
    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Map<String, Way> ways = new LinkedHashMap<>();
    private final Path folder;

    private OverheadBenchmark(Path folder) {
        this.folder = folder;
    }

    /** Takes the number of rounds and of instances a round. */
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        int instances = Integer.parseInt(args[1]);
        // Or the server's two writes an answer meet a delayed acknowledgement: 40 ms a request.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        OverheadBenchmark benchmark = new OverheadBenchmark(Files.createTempDirectory("overhead"));
        benchmark.prepare();
        benchmark.warmUp(instances);
        benchmark.measure(rounds, instances);
        System.exit(0);
    }

    private void prepare() throws IOException {
        String up = server(200, 0);
        ways.put("without Milepost", new Way(null));
        ways.put("capture", new Way(plugin(up, "up", false)));
        ways.put("outbox", new Way(plugin(up, "outbox", true)));
        ways.put("capture, analytics unreachable", new Way(plugin("http://127.0.0.1:9", "gone", false)));
        ways.put("capture, analytics answers 500", new Way(plugin(server(500, 0), "broken", false)));
        ways.put("capture, analytics takes 2 s", new Way(plugin(server(200, 2_000), "slow", false)));
    }

    private void warmUp(int instances) {
        for (int i = 0; i < 3; i++) {
            ways.values().forEach(way -> way.journey.play(instances));
        }
    }

    private void measure(int rounds, int instances) {
        Map<String, double[]> cpu = new LinkedHashMap<>();
        Map<String, double[]> time = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Way> way : ways.entrySet()) {
                long startCpu = MACHINE.getProcessCpuTime();
                long start = System.nanoTime();
                way.getValue().journey.play(instances);
                long elapsed = System.nanoTime() - start;
                way.getValue().settle(way.getKey());
                double used = (MACHINE.getProcessCpuTime() - startCpu) / 1e3 / instances;
                cpu.computeIfAbsent(way.getKey(), fresh -> new double[rounds])[round] = used;
                time.computeIfAbsent(way.getKey(), fresh -> new double[rounds])[round] = elapsed / 1e3 / instances;
            }
        }
        double bareCpu = median(cpu.get("without Milepost"));
        double bareTime = median(time.get("without Milepost"));
        System.out.printf(
                "%d processors, Java %s, %d interleaved rounds of %d instances of 14 events; medians%n",
                Runtime.getRuntime().availableProcessors(), Runtime.version(), rounds, instances);
        for (String way : ways.keySet()) {
            double medianCpu = median(cpu.get(way));
            double medianTime = median(time.get(way));
            System.out.printf(
                    "%-32s CPU %7.1f us an instance (%+5.1f %%), engine's time %7.1f us (%+5.1f %%)%n",
                    way, medianCpu, 100 * (medianCpu / bareCpu - 1), medianTime, 100 * (medianTime / bareTime - 1));
        }
    }

    private static double median(double @Nullable [] values) {
        double[] sorted = values == null ? new double[] {Double.NaN} : values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private JourneysPlugin plugin(String analytics, String name, boolean outbox) {
        JourneysPlugin plugin = new JourneysPlugin();
        plugin.setAnalytics(analytics);
        plugin.setSpool(folder.resolve(name).toString());
        plugin.setOutbox(outbox);
        return plugin;
    }

    private static String server(int status, long delayMillis) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/v1/events", exchange -> answer(exchange, status, delayMillis));
        server.start();
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, int status, long delayMillis) throws IOException {
        try (exchange) {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            new CountDownLatch(1).await(delayMillis, TimeUnit.MILLISECONDS);
            byte[] answer = "{\"accepted\":1,\"duplicates\":0,\"rejectedCount\":0,\"rejected\":[]}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Way {
        private final @Nullable JourneysPlugin plugin;
        private final OverheadJourney journey;

        Way(@Nullable JourneysPlugin plugin) {
            this.plugin = plugin;
            journey = OverheadJourney.with(plugin);
        }

        /** The CPU time of what was told belongs to its round; nobody waits for an analytics that isn't there. */
        void settle(String way) {
            if (plugin != null && !way.contains("analytics")) {
                plugin.flush(Duration.ofMinutes(1));
                plugin.installed().capture().context().sink().flush(Duration.ofMinutes(1));
            }
        }
    }
}
