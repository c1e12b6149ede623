package io.milepost.analytics.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

/**
 * Ten months of ten journeys and a million users in ours, and the same raw events in the tables of peers: each question goes to
 * all in turn, and the answers must be the same. Ours is also asked with a tenth of the events, and started anew.
 */
final class QueryBenchmark {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONNECTIONS = 4;
    private static final int PER_BODY = 1000;
    /** Bodies of which ten times as many are the fewest to begin with. */
    private static final int AT_ONCE = 50;
    /** Ours is asked so often for each time a peer is. */
    private static final int OFTEN = 20;

    private static final int DAYS_IN_ALL = 300;
    /** H2 loads more by the hour. */
    private static final int MOST_IN_H2 = 1_000_000;

    private static final Map<String, String> WITHOUT_ROWS = Map.of("MILEPOST_FACT_ROWS_ENABLED", "false");
    private static final String DAYS = "from=2026-01-03T00:00:00Z&to=2026-01-31T00:00:00Z";

    private final ExecutorService senders;
    private final long events;
    private final int rounds;

    QueryBenchmark(ExecutorService senders, long events, int rounds) {
        this.senders = senders;
        this.events = events;
        this.rounds = rounds;
    }

    void run(Path jar, Path folder) throws IOException, InterruptedException, SQLException, ExecutionException {
        Path store = Databases.folder(folder, "queries");
        Path csv = store.resolve("events.csv");
        try (AnalyticsProcess server = new AnalyticsProcess(jar, "2g", store, WITHOUT_ROWS)) {
            fill(server, jar, folder, csv);
            peers(server, folder, csv);
        }
        start("from the checkpoint of an orderly stop", jar, store);
        try (Stream<Path> files = Files.list(store.resolve("data"))) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith("checkpoint"))
                    .toList()) {
                Files.delete(file);
            }
        }
        start("from the journal alone: a rebuild", jar, store);
        Files.delete(csv);
    }

    private void start(String how, Path jar, Path store) throws IOException, InterruptedException {
        try (AnalyticsProcess again = new AnalyticsProcess(jar, "2g", store, WITHOUT_ROWS)) {
            Report.print("start to ready with %,d events, %s: %.1f s", events, how, again.startSeconds());
        }
    }

    private void fill(AnalyticsProcess server, Path jar, Path folder, Path csv)
            throws IOException, InterruptedException, ExecutionException {
        EventBodies source = new EventBodies(7, 10, 1_000_000, spacing());
        LoadGenerator load = new LoadGenerator(server.port());
        try (AnalyticsProcess small = new AnalyticsProcess(jar, "2g", Databases.folder(folder, "tenth"), WITHOUT_ROWS);
                EventRows rows = new EventRows(csv)) {
            LoadGenerator tenth = new LoadGenerator(small.port());
            for (long sent = 0; sent < events; ) {
                Queue<byte[]> bodies = new ConcurrentLinkedQueue<>();
                for (int i = 0; i < AT_ONCE; i++, sent += PER_BODY) {
                    byte[] body = source.next(PER_BODY);
                    bodies.add(body);
                    rows.add(body);
                }
                if (sent <= events / 10) {
                    tenth.send(new ConcurrentLinkedQueue<>(bodies), CONNECTIONS, senders);
                }
                load.send(bodies, CONNECTIONS, senders);
            }
            small.awaitFigures(events / 10);
            server.awaitFigures(events);
            Report.print(
                    "%,d events: disk %.0f bytes an event, heap in use %,d MB",
                    events, server.diskBytes() / (double) events, server.heapMegabytes());
            Report.print(
                    "%,d events: disk %.0f bytes an event, heap in use %,d MB",
                    events / 10, small.diskBytes() / (events / 10.0), small.heapMegabytes());
            growth(server, small);
        }
    }

    /** Milliseconds between entries that let all events, of eight or nine an entry, span that. */
    private int spacing() {
        return (int) Math.max(2, 2L * DAYS_IN_ALL * 86_400_000 / (events * 10 / 82));
    }

    private static void growth(AnalyticsProcess all, AnalyticsProcess tenth) throws IOException, InterruptedException {
        for (String figures : List.of("summary", "nodes", "summary?" + DAYS, "nodes?" + DAYS)) {
            String path = "/v1/journeys/journey-1/" + figures;
            double[][] millis = new double[2][500];
            for (int i = -500; i < 500; i++) {
                double ofTenth = ask(tenth, path);
                double ofAll = ask(all, path);
                if (i >= 0) {
                    millis[0][i] = ofTenth;
                    millis[1][i] = ofAll;
                }
            }
            Arrays.sort(millis[0]);
            Arrays.sort(millis[1]);
            Report.print(
                    "  %-60s median %.2f ms, p99 %.2f ms; with a tenth %.2f ms, %.2f ms; ratio %.2f",
                    figures,
                    millis[1][250],
                    millis[1][495],
                    millis[0][250],
                    millis[0][495],
                    millis[1][250] / millis[0][250]);
        }
    }

    private static double ask(AnalyticsProcess server, String path) throws IOException, InterruptedException {
        long start = System.nanoTime();
        server.get(path);
        return (System.nanoTime() - start) / 1e6;
    }

    private void peers(AnalyticsProcess server, Path folder, Path csv)
            throws IOException, SQLException, InterruptedException {
        Path duckFolder = Databases.folder(folder, "duckdb-queries");
        Path h2Folder = Databases.folder(folder, "h2-queries");
        try (EmbeddedPostgres postgres = Databases.postgres();
                PeerTable duckDb = loaded(() -> PeerTable.duckDb(Databases.duckDb(duckFolder), csv.toString()));
                PeerTable pg = loaded(() -> PeerTable.postgres(Databases.of(postgres), csv.toString()))) {
            String size =
                    pg.ask("SELECT pg_total_relation_size('event')").get(0).get(0);
            Report.print(
                    "disk, bytes an event: DuckDB %.0f, PostgreSQL %.0f",
                    Databases.bytes(duckFolder) / (double) events, Double.parseDouble(size) / events);
            if (events > MOST_IN_H2) {
                compare(server, List.of(duckDb, pg));
                return;
            }
            try (PeerTable h2 = loaded(() -> PeerTable.h2(Databases.h2(h2Folder), csv.toString()))) {
                compare(server, List.of(duckDb, pg, h2));
            }
        }
    }

    private void compare(AnalyticsProcess server, List<PeerTable> peers)
            throws IOException, InterruptedException, SQLException {
        for (Question question : Question.all()) {
            compare(server, question, peers);
        }
    }

    private interface Loading {
        PeerTable load() throws SQLException;
    }

    private static PeerTable loaded(Loading loading) throws SQLException {
        long start = System.nanoTime();
        PeerTable table = loading.load();
        Report.print("loaded into %s in %.1f s", table.name(), (System.nanoTime() - start) / 1e9);
        return table;
    }

    private void compare(AnalyticsProcess server, Question question, List<PeerTable> peers)
            throws IOException, InterruptedException, SQLException {
        long start = System.nanoTime();
        String first = server.get(question.path());
        Report.print("%s: %.1f ms when asked for the first time", question.name(), (System.nanoTime() - start) / 1e6);
        List<List<String>> expected = new ArrayList<>(question.rows().apply(JSON.readTree(first)));
        expected.sort(Comparator.comparing(List::toString));
        List<double[]> millis = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            double[] row = new double[1 + peers.size()];
            row[0] = ours(server, question);
            for (int i = 0; i < peers.size(); i++) {
                row[i + 1] = peer(peers.get(i), question, expected);
            }
            millis.add(row);
        }
        Report.columns(
                question.name() + ", ms",
                Stream.concat(Stream.of("Milepost over HTTP"), peers.stream().map(PeerTable::name))
                        .toList(),
                millis);
    }

    private static double ours(AnalyticsProcess server, Question question) throws IOException, InterruptedException {
        double[] millis = new double[OFTEN];
        for (int i = 0; i < OFTEN; i++) {
            millis[i] = ask(server, question.path());
        }
        Arrays.sort(millis);
        return Report.median(millis);
    }

    private static double peer(PeerTable peer, Question question, List<List<String>> expected) throws SQLException {
        long start = System.nanoTime();
        List<List<String>> rows = peer.ask(question.sql());
        double millis = (System.nanoTime() - start) / 1e6;
        if (!Question.same(expected, rows)) {
            throw new IllegalStateException(
                    question.name() + ": " + peer.name() + " says " + rows + ", ours " + expected);
        }
        return millis;
    }
}
