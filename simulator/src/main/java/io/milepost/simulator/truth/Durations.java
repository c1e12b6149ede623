package io.milepost.simulator.truth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/**
 * Durations, told in milliseconds. Every one is kept until there are {@value #MOST_KEPT}; from then on they are counted in
 * classes 0.05 % wide, a twentieth of what a percentile may be off.
 */
final class Durations {

    private static final int MOST_KEPT = 1 << 12;
    private static final int ROOM = 256;
    private static final double LOG_WIDTH = StrictMath.log(1.0005);
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final double NANOS_PER_MICRO = 1_000;

    private long[] kept = new long[16];
    private int keptCount;
    /** The first of them is that of number {@link #lowest}: a node's durations are alike, and there are many nodes. */
    private long[] classes = new long[0];

    private int lowest;
    private long count;
    private long millis;
    /** What is left of them beside whole milliseconds: the sum of all in nanoseconds may be too large. */
    private long nanosBeside;

    private long min = Long.MAX_VALUE;
    private long max;

    void add(long nanos) {
        count++;
        millis += nanos / NANOS_PER_MILLI;
        nanosBeside += nanos % NANOS_PER_MILLI;
        min = Math.min(min, nanos);
        max = Math.max(max, nanos);
        if (classes.length > 0) {
            addToClass(nanos);
            return;
        }
        if (keptCount == kept.length) {
            kept = Arrays.copyOf(kept, 2 * kept.length);
        }
        kept[keptCount++] = nanos;
        if (keptCount == MOST_KEPT) {
            for (long value : kept) {
                addToClass(value);
            }
            kept = new long[0];
            keptCount = 0;
        }
    }

    private void addToClass(long nanos) {
        int number = classOf(nanos);
        if (classes.length == 0) {
            classes = new long[ROOM];
            lowest = number;
        } else if (number < lowest) {
            long[] wider = new long[lowest + classes.length - number];
            System.arraycopy(classes, 0, wider, lowest - number, classes.length);
            classes = wider;
            lowest = number;
        } else if (number >= lowest + classes.length) {
            classes = Arrays.copyOf(classes, number - lowest + ROOM);
        }
        classes[number - lowest]++;
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("count", count);
        if (count == 0) {
            return json.putNull("mean")
                    .putNull("min")
                    .putNull("p50")
                    .putNull("p90")
                    .putNull("p95")
                    .putNull("p99")
                    .putNull("max");
        }
        long[] sorted = Arrays.copyOf(kept, keptCount);
        Arrays.sort(sorted);
        return json.put("mean", (millis + inMillis(nanosBeside)) / count)
                .put("min", inMillis(min))
                .put("p50", inMillis(percentile(50, sorted)))
                .put("p90", inMillis(percentile(90, sorted)))
                .put("p95", inMillis(percentile(95, sorted)))
                .put("p99", inMillis(percentile(99, sorted)))
                .put("max", inMillis(max));
    }

    /** Nearest rank: the smallest value that at least so many percent of the values do not exceed. */
    private long percentile(int percent, long[] sorted) {
        long rank = (percent * count + 99) / 100;
        if (classes.length == 0) {
            return sorted[(int) (rank - 1)];
        }
        long below = 0;
        for (int number = 0; number < classes.length; number++) {
            below += classes[number];
            if (below >= rank) {
                return valueOf(lowest + number);
            }
        }
        return max;
    }

    private static double inMillis(long nanos) {
        return (double) nanos / NANOS_PER_MILLI;
    }

    private static int classOf(long nanos) {
        return (int) Math.floor(StrictMath.log(nanos / NANOS_PER_MICRO + 1) / LOG_WIDTH);
    }

    private static long valueOf(int number) {
        return Math.round((StrictMath.exp((number + 0.5) * LOG_WIDTH) - 1) * NANOS_PER_MICRO);
    }
}
