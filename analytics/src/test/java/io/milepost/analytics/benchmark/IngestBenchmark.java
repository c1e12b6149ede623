package io.milepost.analytics.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

/** Events a second that are durable and known not to be there twice, ours over HTTP and peers in process, in turn. */
final class IngestBenchmark {

    private static final int CONNECTIONS = 4;
    private static final int JOURNEYS = 10;
    private static final int USERS = 1_000_000;

    private final ExecutorService senders;
    private final int rounds;

    private interface Target {
        void send(Queue<byte[]> bodies) throws InterruptedException, ExecutionException;
    }

    /** @param senders one thread a connection at least */
    IngestBenchmark(ExecutorService senders, int rounds) {
        this.senders = senders;
        this.rounds = rounds;
    }

    void run(Path jar, Path folder) throws IOException, InterruptedException, SQLException, ExecutionException {
        try (EmbeddedPostgres postgres = Databases.postgres();
                EmbeddedPostgres peer = Databases.postgres();
                AnalyticsProcess onH2 = new AnalyticsProcess(jar, "2g", Databases.folder(folder, "h2"), Map.of());
                AnalyticsProcess onPostgres = new AnalyticsProcess(
                        jar, "2g", Databases.folder(folder, "postgres"), Databases.settings(postgres))) {
            List<PeerInserts> peers = List.of(
                    PeerInserts.postgresBatch(Databases.of(peer)),
                    PeerInserts.postgresCopy(Databases.of(peer)),
                    PeerInserts.h2(Databases.h2(Databases.folder(folder, "h2-peer"))),
                    PeerInserts.duckDb(Databases.duckDb(Databases.folder(folder, "duckdb"))));
            LoadGenerator h2 = new LoadGenerator(onH2.port());
            LoadGenerator pg = new LoadGenerator(onPostgres.port());
            List<String> names = Stream.concat(
                            Stream.of("Milepost on H2", "Milepost on PostgreSQL"),
                            peers.stream().map(PeerInserts::name))
                    .toList();
            for (int perBody : new int[] {1000, 100}) {
                List<double[]> rates = new ArrayList<>();
                for (int round = 0; round <= rounds; round++) {
                    EventBodies source = new EventBodies(round * 31L + perBody, JOURNEYS, USERS);
                    int events = perBody == 1000 ? 300_000 : 100_000;
                    double[] rate = new double[names.size()];
                    rate[0] = rate(source, events, perBody, bodies -> h2.send(bodies, CONNECTIONS, senders));
                    rate[1] = rate(source, events, perBody, bodies -> pg.send(bodies, CONNECTIONS, senders));
                    for (int i = 0; i < peers.size(); i++) {
                        PeerInserts inserts = peers.get(i);
                        rate[i + 2] =
                                rate(source, events / 5, perBody, bodies -> inserts.send(bodies, CONNECTIONS, senders));
                    }
                    if (round > 0) {
                        rates.add(rate);
                    }
                }
                Report.columns("ingest in bodies of " + perBody + ", events/s", names, rates);
            }
        }
    }

    private static double rate(EventBodies source, int events, int perBody, Target target)
            throws InterruptedException, ExecutionException {
        Queue<byte[]> bodies = source.queue(events / perBody, perBody);
        long start = System.nanoTime();
        target.send(bodies);
        return events / ((System.nanoTime() - start) / 1e9);
    }
}
