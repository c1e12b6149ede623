package io.milepost.analytics.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a body waits for its acknowledgement when bodies come at half the rate the service can take, beside a loop that
 * appends the same bytes to a file and forces them to the disk. Both are asked at given moments, and a wait for their turn
 * counts.
 */
final class AcknowledgementBenchmark {

    private static final int CONNECTIONS = 4;
    private static final int BODIES = 300;
    /** Until what a server does all day is compiled. */
    private static final int WARMING_EVENTS = 2_000_000;

    private final ExecutorService senders;
    private final int rounds;

    AcknowledgementBenchmark(ExecutorService senders, int rounds) {
        this.senders = senders;
        this.rounds = rounds;
    }

    void run(Path jar, Path folder) throws IOException, InterruptedException, ExecutionException {
        Path store = Databases.folder(folder, "latency");
        try (AnalyticsProcess server = new AnalyticsProcess(jar, "2g", store, Map.of());
                FileChannel file = FileChannel.open(
                        store.resolve("forced"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            LoadGenerator load = new LoadGenerator(server.port());
            EventBodies source = new EventBodies(11, 10, 1_000_000);
            for (int sent = 0; sent < WARMING_EVENTS; sent += BODIES * 1000) {
                load.send(source.queue(BODIES, 1000), CONNECTIONS, senders);
            }
            for (int perBody : new int[] {1000, 100}) {
                compare(load, source, file, perBody);
            }
        }
    }

    private void compare(LoadGenerator load, EventBodies source, FileChannel file, int perBody)
            throws IOException, InterruptedException, ExecutionException {
        Queue<byte[]> bodies = source.queue(BODIES, perBody);
        long start = System.nanoTime();
        load.send(bodies, CONNECTIONS, senders);
        long apart = 2 * (System.nanoTime() - start) / BODIES;
        List<double[]> medians = new ArrayList<>();
        List<double[]> slowest = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            double[] ours = acknowledged(load, source.queue(BODIES, perBody), apart);
            double[] forced = forced(file, source.queue(BODIES, perBody), apart);
            medians.add(new double[] {Report.median(ours), Report.median(forced)});
            slowest.add(new double[] {ours[ours.length * 99 / 100], forced[forced.length * 99 / 100]});
        }
        List<String> names = List.of("Milepost on H2", "write and force a file");
        Report.print("bodies of %d events, one each %.1f ms: half of what it can take", perBody, apart / 1e6);
        Report.columns("acknowledged after, median, ms", names, medians);
        Report.columns("acknowledged after, p99, ms", names, slowest);
    }

    private double[] acknowledged(LoadGenerator load, Queue<byte[]> bodies, long apart)
            throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        List<Future<List<Double>>> done = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            long first = begin + i * apart;
            done.add(senders.submit(() -> load.sendAt(bodies, first, CONNECTIONS * apart)));
        }
        List<Double> all = new ArrayList<>();
        for (Future<List<Double>> one : done) {
            all.addAll(one.get());
        }
        return all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private static double[] forced(FileChannel file, Queue<byte[]> bodies, long apart) throws IOException {
        double[] millis = new double[bodies.size()];
        long turn = System.nanoTime();
        for (int i = 0; i < millis.length; i++, turn += apart) {
            LockSupport.parkNanos(turn - System.nanoTime());
            ByteBuffer body = ByteBuffer.wrap(bodies.remove());
            while (body.hasRemaining()) {
                file.write(body);
            }
            file.force(true);
            millis[i] = (System.nanoTime() - turn) / (double) TimeUnit.MILLISECONDS.toNanos(1);
        }
        Arrays.sort(millis);
        return millis;
    }
}
