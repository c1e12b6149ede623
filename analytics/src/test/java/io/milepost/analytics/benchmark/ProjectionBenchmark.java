package io.milepost.analytics.benchmark;

import com.sun.management.ThreadMXBean;
import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.journal.Block;
import io.milepost.analytics.measure.Basis;
import io.milepost.analytics.measure.Bucket;
import io.milepost.analytics.measure.CellFigures;
import io.milepost.analytics.measure.MeasureQuery;
import io.milepost.analytics.measure.Scope;
import io.milepost.analytics.measure.SeriesMeasure;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the projection alone costs: events of many overlapping entries in order of time, in blocks, without journal or
 * HTTP. Arguments: events, users, journeys, events a block, {@code apply} or {@code replay}. Prints processor time of the
 * one thread, which other load on the machine does not disturb.
 */
final class ProjectionBenchmark {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ProjectionBenchmark() {}

    public static void main(String[] args) {
        long events = Long.parseLong(args[0]);
        int perBlock = Integer.parseInt(args[3]);
        boolean replay = args[4].equals("replay");
        EventStream stream = new EventStream(7, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        CellProjection projection = new CellProjection();
        long spent = 0;
        long done = 0;
        long sequence = 0;
        while (done < events) {
            List<AcceptedEvent> batch = new ArrayList<>(perBlock);
            for (int i = 0; i < perBlock; i++) {
                batch.add(stream.next());
            }
            Block block = new Block(++sequence, done, Instant.EPOCH, batch);
            long start = THREADS.getCurrentThreadCpuTime();
            if (replay) {
                projection.replay(block);
            } else {
                projection.apply(block);
            }
            spent += THREADS.getCurrentThreadCpuTime() - start;
            done += perBlock;
            if (done % 1_000_000 < perBlock) {
                print("%,d events: %.0f ns an event", done, spent / (double) done);
            }
        }
        if (replay) {
            long start = THREADS.getCurrentThreadCpuTime();
            projection.finishReplay();
            print("finishReplay %.2f s", (THREADS.getCurrentThreadCpuTime() - start) / 1e9);
        }
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        print("heap after GC %,d MiB", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        CellFigures figures = new CellFigures(projection);
        Scope all = Scope.allTime(Instant.parse("2027-01-01T00:00:00Z"));
        Scope days = all.between(Instant.parse("2026-02-01T00:00:00Z"), Instant.parse("2026-03-18T00:00:00Z"));
        Scope cut = all.between(Instant.parse("2026-02-01T07:00:00Z"), Instant.parse("2026-03-18T09:30:00Z"));
        time("summary, all time", () -> figures.summary(new MeasureQuery("journey-1", all)));
        time("nodes, all time", () -> figures.nodes(new MeasureQuery("journey-1", all)));
        time("summary, 45 days", () -> figures.summary(new MeasureQuery("journey-1", days)));
        time("nodes, 45 days", () -> figures.nodes(new MeasureQuery("journey-1", days)));
        time("nodes, cut days", () -> figures.nodes(new MeasureQuery("journey-1", cut)));
        Scope kolkata =
                new Scope(null, null, Set.of(), Set.of(), Basis.ACTIVITY, false, ZoneId.of("Asia/Kolkata"), all.asOf());
        SeriesMeasure users = SeriesMeasure.ofJourney("entryUsers");
        time("users a day of Kolkata", () -> figures.series(new MeasureQuery("journey-1", kolkata), users, Bucket.DAY));
    }

    private static void time(String what, Supplier<Object> question) {
        int answers = 0;
        for (int i = 0; i < 50; i++) {
            answers += question.get().hashCode() & 1;
        }
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < 20; i++) {
            answers += question.get().hashCode() & 1;
        }
        print("%s: %.2f ms (%d)", what, (THREADS.getCurrentThreadCpuTime() - start) / 20e6, answers);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
