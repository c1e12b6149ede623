package io.milepost.analytics.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milepost.analytics.measure.Buckets.Slice;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BucketsTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void cutsTheFirstAndTheLastBucketToTheRange() {
        assertThat(of(Bucket.DAY, ZoneOffset.UTC, "2026-03-01T10:00:00Z", "2026-03-02T06:00:00Z"))
                .containsExactly(
                        slice("2026-03-01T00:00:00Z", "2026-03-01T10:00:00Z", "2026-03-02T00:00:00Z"),
                        slice("2026-03-02T00:00:00Z", "2026-03-02T00:00:00Z", "2026-03-02T06:00:00Z"));
    }

    @Test
    void hasNoBucketForAnEmptyRange() {
        assertThat(of(Bucket.HOUR, ZoneOffset.UTC, "2026-03-01T10:20:00Z", "2026-03-01T10:20:00Z"))
                .isEmpty();
        assertThat(of(Bucket.HOUR, ZoneOffset.UTC, "2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z"))
                .hasSize(1);
    }

    @Test
    void beginsWeeksOnMondayAndMonthsOnTheFirst() {
        // 2026-03-01 is a Sunday.
        assertThat(of(Bucket.WEEK, ZoneOffset.UTC, "2026-03-01T10:00:00Z", "2026-03-03T00:00:00Z"))
                .extracting(Slice::start)
                .containsExactly(Instant.parse("2026-02-23T00:00:00Z"), Instant.parse("2026-03-02T00:00:00Z"));
        assertThat(of(Bucket.MONTH, BERLIN, "2026-03-15T00:00:00Z", "2026-04-15T00:00:00Z"))
                .extracting(Slice::start)
                .containsExactly(Instant.parse("2026-02-28T23:00:00Z"), Instant.parse("2026-03-31T22:00:00Z"));
    }

    @Test
    void knowsDaysOf23And25Hours() {
        // Clocks in Berlin go forward on 2026-03-29 and back on 2026-10-25.
        assertThat(length(Bucket.DAY, BERLIN, "2026-03-29T12:00:00Z")).isEqualTo(Duration.ofHours(23));
        assertThat(length(Bucket.DAY, BERLIN, "2026-10-25T12:00:00Z")).isEqualTo(Duration.ofHours(25));
        assertThat(of(Bucket.HOUR, BERLIN, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"))
                .hasSize(25);
    }

    @Test
    void followsClocksThatMoveByHalfAnHour() {
        // Lord Howe Island goes back from 02:00 to 01:30 on 2026-04-05: 01:30 to 02:00 comes twice.
        assertThat(of(Bucket.HOUR, ZoneId.of("Australia/Lord_Howe"), "2026-04-04T14:00:00Z", "2026-04-04T16:30:00Z"))
                .extracting(Slice::start)
                .containsExactly(
                        Instant.parse("2026-04-04T14:00:00Z"),
                        Instant.parse("2026-04-04T15:00:00Z"),
                        Instant.parse("2026-04-04T15:30:00Z"));
    }

    @Test
    void goesOnWhereADayWasLeftOut() {
        // Samoa had no 2011-12-30.
        assertThat(of(Bucket.DAY, ZoneId.of("Pacific/Apia"), "2011-12-29T12:00:00Z", "2011-12-31T12:00:00Z"))
                .extracting(Slice::start)
                .containsExactly(
                        Instant.parse("2011-12-29T10:00:00Z"),
                        Instant.parse("2011-12-30T10:00:00Z"),
                        Instant.parse("2011-12-31T10:00:00Z"));
    }

    @Test
    void hasNeitherHolesNorOverlapsInAnyZone() {
        long seed = 20260301;
        Random random = new Random(seed);
        List<String> zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        for (int round = 0; round < 2_000; round++) {
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            Bucket bucket = Bucket.values()[random.nextInt(4)];
            Instant from = Instant.ofEpochSecond(random.nextLong(-2_000_000_000L, 2_000_000_000L));
            Instant to = from.plusSeconds(random.nextInt(1, 20_000_000));
            List<Slice> slices = Buckets.of(bucket, zone, from, to);
            String what = "seed " + seed + ": " + bucket + " in " + zone + " from " + from + " to " + to;
            Instant end = from;
            for (Slice slice : slices) {
                assertThat(slice.from()).as(what).isEqualTo(end);
                assertThat(slice.to()).as(what).isAfter(slice.from());
                end = slice.to();
            }
            assertThat(end).as(what).isEqualTo(to);
            assertThat(slices.get(0).start()).as(what).isBeforeOrEqualTo(from);
        }
    }

    @Test
    void refusesMoreThanTenThousandPoints() {
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(Buckets.of(Bucket.HOUR, ZoneOffset.UTC, from, from.plus(Duration.ofHours(10_000))))
                .hasSize(10_000);
        assertThatThrownBy(() -> Buckets.of(
                        Bucket.HOUR,
                        ZoneOffset.UTC,
                        from,
                        from.plus(Duration.ofHours(10_000).plusNanos(1))))
                .isInstanceOf(TooManyPointsException.class)
                .hasMessage("more than 10000 points by hour");
    }

    private static Duration length(Bucket bucket, ZoneId zone, String within) {
        Instant time = Instant.parse(within);
        Slice slice = Buckets.of(bucket, zone, time, time.plusNanos(1)).get(0);
        Slice next =
                Buckets.of(bucket, zone, time, time.plus(Duration.ofDays(2))).get(1);
        return Duration.between(slice.start(), next.start());
    }

    private static List<Slice> of(Bucket bucket, ZoneId zone, String from, String to) {
        return Buckets.of(bucket, zone, Instant.parse(from), Instant.parse(to));
    }

    private static Slice slice(String start, String from, String to) {
        return new Slice(Instant.parse(start), Instant.parse(from), Instant.parse(to));
    }
}
