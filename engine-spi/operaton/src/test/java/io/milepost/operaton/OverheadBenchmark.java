package io.milepost.operaton;

import com.sun.management.OperatingSystemMXBean;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.jspecify.annotations.Nullable;

/**
 * From a main: what Milepost costs the engine, beside the same engine without it. Rounds of the ways are interleaved, so that
 * a machine that is busy is so for all, and each round is compared with the one without Milepost beside it; of those ratios
 * the median is told, and between which the middle half lies. A round ends when analytics has answered for all of it, so
 * that all its CPU time is its own. What stands for analytics is a process of its own: its work is not the engine's.
 */
final class OverheadBenchmark {
    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int WARMING = 14_000;
    private static final long SEED = 4;

    private final Path folder;
    private final int rounds;
    private final int instances;

    private OverheadBenchmark(Path folder, int rounds, int instances) {
        this.folder = folder;
        this.rounds = rounds;
        this.instances = instances;
    }

    /** Takes the number of rounds and of instances a round. */
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        int instances = Integer.parseInt(args[1]);
        System.out.printf(
                "%d processors, Java %s, %d interleaved rounds of %d instances of 14 events; medians (middle half)%n",
                Runtime.getRuntime().availableProcessors(), Runtime.version(), rounds, instances);
        OverheadBenchmark benchmark = new OverheadBenchmark(Files.createTempDirectory("overhead"), rounds, instances);
        try (StandInAnalytics up = StandInAnalytics.answering(200, 0)) {
            System.out.println("The engine keeps all in memory");
            benchmark.settling(up.address(), OverheadJourney::with);
            benchmark.troubled();
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
                System.out.println("The engine's database is a PostgreSQL, whose CPU is not counted");
                AtomicInteger databases = new AtomicInteger();
                benchmark.settling(
                        up.address(),
                        plugin -> OverheadJourney.on(database(postgres, databases.incrementAndGet()), plugin));
            }
        }
        System.exit(0);
    }

    private void settling(String analytics, Function<@Nullable JourneysPlugin, OverheadJourney> engines)
            throws IOException {
        compare(List.of(
                new Way("without Milepost", null, true, engines),
                way("capture", analytics, false, true, engines),
                way("outbox", analytics, true, true, engines)));
    }

    /** Their senders go on beside the next round: of these only the engine's thread tells. */
    private void troubled() throws IOException {
        Function<@Nullable JourneysPlugin, OverheadJourney> engines = OverheadJourney::with;
        try (StandInAnalytics failing = StandInAnalytics.answering(500, 0);
                StandInAnalytics slow = StandInAnalytics.answering(200, 2_000)) {
            compare(List.of(
                    new Way("without Milepost", null, false, engines),
                    way("capture, analytics unreachable", "http://127.0.0.1:9", false, false, engines),
                    way("capture, analytics answers 500", failing.address(), false, false, engines),
                    way("capture, analytics takes 2 s", slow.address(), false, false, engines)));
        }
    }

    private static DataSource database(EmbeddedPostgres postgres, int number) {
        String name = "engine" + number;
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        PooledDataSource pool = new PooledDataSource(
                "org.postgresql.Driver", postgres.getJdbcUrl("postgres", name), "postgres", "postgres");
        // As every pool in earnest has it.
        pool.setDefaultAutoCommit(false);
        return pool;
    }

    private Way way(
            String name,
            String analytics,
            boolean outbox,
            boolean settles,
            Function<@Nullable JourneysPlugin, OverheadJourney> engines)
            throws IOException {
        JourneysPlugin plugin = new JourneysPlugin();
        plugin.setAnalytics(analytics);
        plugin.setSpool(Files.createTempDirectory(folder, "spool").toString());
        plugin.setOutbox(outbox);
        return new Way(name, plugin, settles, engines);
    }

    /** The first of the ways is what the others are compared with. */
    private void compare(List<Way> ways) {
        // An engine is up for weeks: what there is to compile is compiled.
        for (int round = 0; round < Math.max(6, WARMING / instances); round++) {
            ways.forEach(way -> way.round(instances));
        }
        List<List<Cost>> costs = new ArrayList<>();
        ways.forEach(way -> costs.add(new ArrayList<>()));
        // A round pays for what the one before it left in the machine's caches: who comes after whom is chance.
        List<Integer> turns =
                new ArrayList<>(IntStream.range(0, ways.size()).boxed().toList());
        Random chance = new Random(SEED);
        for (int round = 0; round < rounds; round++) {
            Collections.shuffle(turns, chance);
            for (int turn : turns) {
                costs.get(turn).add(ways.get(turn).round(instances));
            }
        }
        for (int i = 0; i < ways.size(); i++) {
            tell(ways.get(i), costs.get(i), costs.get(0));
        }
        ways.forEach(Way::close);
    }

    private static void tell(Way way, List<Cost> costs, List<Cost> bare) {
        System.out.printf("%s%n", way.name);
        tell("engine's thread, CPU", costs, bare, Cost::engine);
        tell("engine's thread, time", costs, bare, Cost::elapsed);
        if (way.settles) {
            tell("process, CPU", costs, bare, Cost::process);
            double[] ours = costs.stream().mapToDouble(Cost::ours).sorted().toArray();
            System.out.printf("  of it Milepost's threads %5.0f us%n", ours[ours.length / 2]);
        }
    }

    private static void tell(String what, List<Cost> costs, List<Cost> bare, ToDoubleFunction<Cost> of) {
        double[] used = costs.stream().mapToDouble(of).toArray();
        double[] more = new double[used.length];
        for (int i = 0; i < used.length; i++) {
            more[i] = 100 * (used[i] / of.applyAsDouble(bare.get(i)) - 1);
        }
        Arrays.sort(used);
        Arrays.sort(more);
        int half = used.length / 2;
        System.out.printf(
                "  %-24s %6.0f us an instance, %+6.1f %% (%+.1f to %+.1f)%n",
                what, used[half], more[half], more[more.length / 4], more[more.length * 3 / 4]);
    }

    /** Microseconds an instance: of the whole process, of the engine's thread, of Milepost's threads; and on the clock. */
    private record Cost(double process, double engine, double ours, double elapsed) {}

    private static final class Way {
        private final String name;
        private final @Nullable JourneysPlugin plugin;
        private final boolean settles;
        private final OverheadJourney journey;

        Way(
                String name,
                @Nullable JourneysPlugin plugin,
                boolean settles,
                Function<@Nullable JourneysPlugin, OverheadJourney> engines) {
            this.name = name;
            this.plugin = plugin;
            this.settles = settles;
            journey = engines.apply(plugin);
        }

        Cost round(int instances) {
            long process = MACHINE.getProcessCpuTime();
            long ours = cpuOfOurThreads();
            long engine = THREADS.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            journey.play(instances);
            long elapsed = System.nanoTime() - start;
            engine = THREADS.getCurrentThreadCpuTime() - engine;
            settle();
            ours = cpuOfOurThreads() - ours;
            process = MACHINE.getProcessCpuTime() - process;
            double unit = 1e3 * instances;
            return new Cost(process / unit, engine / unit, ours / unit, elapsed / unit);
        }

        private void settle() {
            if (plugin != null && settles) {
                plugin.flush(PATIENCE);
                plugin.installed().capture().context().sink().flush(PATIENCE);
            }
        }

        private static long cpuOfOurThreads() {
            long sum = 0;
            for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
                if (thread != null
                        && (thread.getThreadName().startsWith("milepost")
                                || thread.getThreadName().startsWith("HttpClient"))) {
                    sum += Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
                }
            }
            return sum;
        }

        void close() {
            journey.close();
            if (plugin != null) {
                plugin.close();
            }
        }
    }
}
