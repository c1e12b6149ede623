package io.milepost.analytics.reference;

import io.milepost.analytics.reference.AwkwardStreams.Feature;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Seeded choices. A feature is asked for in the same order whatever its chance. */
final class Dice {

    private static final Instant BEGIN = Instant.parse("2026-02-20T00:00:00Z");
    private static final int HOURS = 24 * 50;
    /** Ends of months and days, and hours that daylight saving leaves out or has twice. */
    private static final List<Instant> SPECIAL = List.of(
            Instant.parse("2026-02-28T23:59:59.999999999Z"),
            Instant.parse("2026-03-01T00:00:00Z"),
            Instant.parse("2026-03-08T07:00:00Z"),
            Instant.parse("2026-03-29T01:00:00Z"),
            Instant.parse("2026-03-29T00:30:00Z"),
            Instant.parse("2026-03-31T22:30:00Z"),
            Instant.parse("2026-03-31T23:59:59.999Z"),
            Instant.parse("2026-04-01T00:00:00Z"),
            Instant.parse("2026-04-04T15:30:00Z"));

    private final Random random;
    private final Map<Feature, Double> chances;

    Dice(Random random, Map<Feature, Double> chances) {
        this.random = random;
        this.chances = chances;
    }

    boolean is(Feature feature) {
        return random.nextDouble() < chances.getOrDefault(feature, 0.0);
    }

    boolean chance(double chance) {
        return random.nextDouble() < chance;
    }

    /** Both ends included. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    <T> T of(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    Instant instant() {
        if (is(Feature.COARSE_TIMES)) {
            return chance(0.3) ? of(SPECIAL) : BEGIN.plus(random.nextInt(HOURS / 6) * 6L, ChronoUnit.HOURS);
        }
        return BEGIN.plusSeconds(random.nextInt(HOURS * 3600)).plusNanos(fraction());
    }

    private long fraction() {
        return is(Feature.NANOSECONDS) ? random.nextInt(1_000_000_000) : random.nextInt(1000) * 1_000_000L;
    }

    /** From nothing at all to some days. */
    Duration pause() {
        if (is(Feature.ONE_INSTANT)) {
            return Duration.ZERO;
        }
        return switch (between(0, 6)) {
            case 0 -> Duration.ofNanos(between(1, 2));
            case 1 -> Duration.ofMillis(between(1, 5000));
            case 2 -> Duration.ofNanos(random.nextInt(1_000_000_000));
            case 3, 4 -> Duration.ofMinutes(between(1, 300));
            case 5 -> Duration.ofHours(between(1, 12));
            default -> Duration.ofDays(between(1, 4));
        };
    }

    List<Integer> shuffled(int size) {
        List<Integer> places = new ArrayList<>();
        for (int place = 0; place < size; place++) {
            places.add(place);
        }
        Collections.shuffle(places, random);
        return places;
    }
}
