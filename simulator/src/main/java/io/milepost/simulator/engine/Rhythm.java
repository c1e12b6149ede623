package io.milepost.simulator.engine;

import io.milepost.simulator.scenario.Scenario;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.SplittableRandom;

/** When people come: each hour of the run is as likely as its weights of hour and weekday say. */
final class Rhythm {

    private static final long HOUR = 3_600_000;

    private final long start;
    private final double[] upTo;

    Rhythm(Scenario scenario, long start, long end) {
        this.start = start;
        int hours = Math.max(1, (int) ((end - start) * scenario.arrivals().until() / HOUR));
        upTo = new double[hours];
        double sum = 0;
        for (int i = 0; i < hours; i++) {
            ZonedDateTime local = Instant.ofEpochMilli(start + i * HOUR).atZone(scenario.zone());
            sum += scenario.arrivals().hours().get(local.getHour())
                    * scenario.arrivals().weekdays().get(local.getDayOfWeek().getValue() - 1);
            upTo[i] = sum;
        }
    }

    /** Draws exactly twice. */
    long arrival(SplittableRandom random) {
        double draw = random.nextDouble() * upTo[upTo.length - 1];
        int found = Arrays.binarySearch(upTo, draw);
        int hour = Math.min(upTo.length - 1, found >= 0 ? found + 1 : -found - 1);
        return start + hour * HOUR + (long) (random.nextDouble() * HOUR);
    }
}
