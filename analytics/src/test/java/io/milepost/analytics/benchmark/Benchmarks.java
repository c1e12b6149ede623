package io.milepost.analytics.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Ours and its peers in one run, in turn, on the same kind of events. Arguments: the analytics jar, a folder for data, events
 * for the queries' store, rounds, and which parts, separated by commas. The load generator shares the machine's processors
 * with the servers.
 */
final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        Path jar = Path.of(args[0]);
        Path folder = Path.of(args[1]).toAbsolutePath();
        long events = Long.parseLong(args[2]);
        int rounds = Integer.parseInt(args[3]);
        List<String> parts = List.of(args[4].split(","));
        Report.print(
                "machine: %d processors, %s %s, JDK %s",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.version());
        ExecutorService senders = Executors.newCachedThreadPool();
        try {
            if (parts.contains("ingest")) {
                new IngestBenchmark(senders, rounds).run(jar, folder);
            }
            if (parts.contains("acknowledgement")) {
                new AcknowledgementBenchmark(senders, rounds).run(jar, folder);
            }
            if (parts.contains("queries")) {
                new QueryBenchmark(senders, events, rounds).run(jar, folder);
            }
            if (parts.contains("lists")) {
                ListBenchmark.main(
                        new String[] {Long.toString(Math.min(1_000_000, events / 6)), Integer.toString(rounds)});
            }
        } finally {
            senders.shutdown();
        }
    }
}
