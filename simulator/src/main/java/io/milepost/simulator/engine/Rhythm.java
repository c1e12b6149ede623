package io.milepost.simulator.engine;

import io.milepost.simulator.scenario.LoadedScenario;
import io.milepost.simulator.scenario.Scenario;
import io.milepost.simulator.scenario.Scenario.Burst;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * When people come: each hour of the run is as likely as its weights of hour and weekday say, but for those who come in
 * bursts; or as others came before. Each comes by himself, so that the hours' numbers are Poisson's.
 */
final class Rhythm {

    private static final long HOUR = 3_600_000;

    private final long start;
    private final long end;
    private final double[] upTo;
    private final List<Burst> bursts;
    private final long[] replayed;

    Rhythm(LoadedScenario loaded, long start, long end) {
        Scenario scenario = loaded.scenario();
        this.start = start;
        this.end = end;
        this.bursts = scenario.arrivals().bursts();
        this.replayed = loaded.arrivals();
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

    /** Draws exactly three times; never past the end. */
    long arrival(int user, SplittableRandom random) {
        double burst = random.nextDouble();
        double when = random.nextDouble();
        double within = random.nextDouble();
        if (replayed.length > 0) {
            return Math.min(end - 1, start + replayed[user % replayed.length]);
        }
        for (Burst one : bursts) {
            burst -= one.share();
            if (burst < 0) {
                long at = one.at().toMillis() + (long) (within * one.lasts().toMillis());
                return Math.min(end - 1, start + at);
            }
        }
        double draw = when * upTo[upTo.length - 1];
        int found = Arrays.binarySearch(upTo, draw);
        int hour = Math.min(upTo.length - 1, found >= 0 ? found + 1 : -found - 1);
        return start + hour * HOUR + (long) (within * HOUR);
    }
}
