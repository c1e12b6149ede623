package io.milepost.analytics.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Ours and the peer in one run, in turn, on the same kind of events. Arguments: the analytics jar, a folder for data, events
 * for the queries' store, rounds. The load generator shares the machine's processors with the servers.
 */
final class Benchmarks {

    private static final int CONNECTIONS = 4;
    private static final int JOURNEYS = 10;

    private final Path jar;
    private final Path folder;
    private final int rounds;
    private final ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS);

    private Benchmarks(Path jar, Path folder, int rounds) {
        this.jar = jar;
        this.folder = folder;
        this.rounds = rounds;
    }

    public static void main(String[] args) throws Exception {
        Benchmarks benchmarks = new Benchmarks(Path.of(args[0]), Path.of(args[1]), Integer.parseInt(args[3]));
        print(
                "machine: %d processors, %s %s, JDK %s",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.version());
        try {
            benchmarks.ingest();
            benchmarks.queries(Long.parseLong(args[2]));
            ListBenchmark.main(new String[] {Long.toString(Math.min(1_000_000, Long.parseLong(args[2]) / 6)), args[3]});
        } finally {
            benchmarks.senders.shutdown();
        }
    }

    private interface Target {
        long send(Queue<byte[]> bodies) throws InterruptedException, ExecutionException;
    }

    private void ingest() throws IOException, InterruptedException, SQLException, ExecutionException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                EmbeddedPostgres peer = EmbeddedPostgres.start();
                AnalyticsProcess onH2 = new AnalyticsProcess(jar, "2g", fresh("h2"), Map.of());
                AnalyticsProcess onPostgres = new AnalyticsProcess(jar, "2g", fresh("postgres"), settings(postgres))) {
            LoadGenerator h2 = new LoadGenerator(onH2.port());
            LoadGenerator pg = new LoadGenerator(onPostgres.port());
            JdbcInserts inserts = new JdbcInserts(peer.getPostgresDatabase());
            for (int perBody : new int[] {1000, 100}) {
                List<double[]> rates = new ArrayList<>();
                for (int round = 0; round <= rounds; round++) {
                    EventBodies source = new EventBodies(round * 31L + perBody, JOURNEYS, 1_000_000);
                    int bodies = (perBody == 1000 ? 300_000 : 100_000) / perBody;
                    double[] rate = {
                        rate(bodies(source, bodies, perBody), queue -> h2.send(queue, CONNECTIONS, senders)),
                        rate(bodies(source, bodies, perBody), queue -> pg.send(queue, CONNECTIONS, senders)),
                        rate(bodies(source, bodies / 4, perBody), queue -> inserts.send(queue, CONNECTIONS, senders))
                    };
                    if (round > 0) {
                        rates.add(rate);
                    }
                }
                report("bodies of " + perBody + ", events/s", List.of("H2", "PostgreSQL", "JDBC batch insert"), rates);
            }
        }
    }

    private void queries(long events) throws IOException, InterruptedException, ExecutionException {
        Path store = fresh("queries");
        EventBodies source = new EventBodies(7, JOURNEYS, 1_000_000);
        try (AnalyticsProcess server = new AnalyticsProcess(jar, "2g", store, Map.of())) {
            LoadGenerator load = new LoadGenerator(server.port());
            long sent = 0;
            for (long at : new long[] {events / 10, events}) {
                while (sent < at) {
                    sent += load.send(bodies(source, 100, 1000), CONNECTIONS, senders);
                }
                server.get("/v1/journeys/journey-1/summary?minEvents=" + sent);
                print("%,d events, disk %.0f bytes an event", sent, server.diskBytes() / (double) sent);
                for (String figure : List.of("summary", "nodes")) {
                    for (String range : List.of("", "?from=2026-01-03T00:00:00Z&to=2026-01-09T00:00:00Z")) {
                        latency(server, "/v1/journeys/journey-1/" + figure + range);
                    }
                }
            }
        }
        try (AnalyticsProcess again = new AnalyticsProcess(jar, "2g", store, Map.of())) {
            print("restart to ready with %,d events: %.1f s", events, again.startSeconds());
        }
    }

    private static void latency(AnalyticsProcess server, String path) throws IOException, InterruptedException {
        double[] millis = new double[300];
        for (int i = -100; i < millis.length; i++) {
            long start = System.nanoTime();
            server.get(path);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(millis);
        print("  %-75s median %.2f ms, p99 %.2f ms", path, millis[150], millis[296]);
    }

    private static Queue<byte[]> bodies(EventBodies source, int bodies, int events) {
        Queue<byte[]> queue = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < bodies; i++) {
            queue.add(source.next(events));
        }
        return queue;
    }

    private static double rate(Queue<byte[]> bodies, Target target) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        long events = target.send(bodies);
        return events / ((System.nanoTime() - start) / 1e9);
    }

    private static void report(String what, List<String> names, List<double[]> rates) {
        print("%s, median of %d rounds (least - most)", what, rates.size());
        double last = median(rates, names.size() - 1);
        for (int i = 0; i < names.size(); i++) {
            int column = i;
            double[] sorted =
                    rates.stream().mapToDouble(row -> row[column]).sorted().toArray();
            print(
                    "  %-20s %,9.0f (%,.0f - %,.0f), %.2f x",
                    names.get(i), median(rates, i), sorted[0], sorted[sorted.length - 1], median(rates, i) / last);
        }
    }

    private static double median(List<double[]> rates, int column) {
        double[] sorted =
                rates.stream().mapToDouble(row -> row[column]).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private Path fresh(String name) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(folder), name);
    }

    private static Map<String, String> settings(EmbeddedPostgres postgres) {
        return Map.of(
                "MILEPOST_DB_URL",
                postgres.getJdbcUrl("postgres", "postgres"),
                "MILEPOST_DB_USER",
                "postgres",
                "MILEPOST_DB_PASSWORD",
                "postgres");
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
