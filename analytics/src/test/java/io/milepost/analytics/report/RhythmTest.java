package io.milepost.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.report.Rhythm.Every;
import io.milepost.analytics.report.Rhythm.Period;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RhythmTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Rhythm DAILY = new Rhythm(Every.DAY, LocalTime.of(2, 30), DayOfWeek.MONDAY, 1);
    private static final Rhythm WEEKLY = new Rhythm(Every.WEEK, LocalTime.of(6, 0), DayOfWeek.WEDNESDAY, 1);
    private static final Rhythm MONTHLY = new Rhythm(Every.MONTH, LocalTime.of(6, 0), DayOfWeek.MONDAY, 31);

    private static List<String> dues(Rhythm rhythm, String after, ZoneId zone, int count) {
        List<String> dues = new ArrayList<>();
        Instant at = Instant.parse(after);
        for (int i = 0; i < count; i++) {
            at = rhythm.next(at, zone);
            dues.add(at.toString());
        }
        return dues;
    }

    @Test
    void isDueOnceADayAlsoWhereTheClockSkipsTheTimeOrHasItTwice() {
        assertThat(dues(DAILY, "2026-03-28T00:00:00Z", BERLIN, 3))
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
        assertThat(dues(DAILY, "2026-10-24T00:30:00Z", BERLIN, 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void isDueOnADayOfTheWeekInTheZone() {
        // A Wednesday in Kiritimati begins on Tuesday in UTC.
        assertThat(dues(WEEKLY, "2026-03-01T00:00:00Z", ZoneId.of("Pacific/Kiritimati"), 2))
                .containsExactly("2026-03-03T16:00:00Z", "2026-03-10T16:00:00Z");
    }

    @Test
    void isDueOnTheLastDayOfAShorterMonth() {
        assertThat(dues(MONTHLY, "2026-01-31T06:00:00Z", ZoneOffset.UTC, 3))
                .containsExactly("2026-02-28T06:00:00Z", "2026-03-31T06:00:00Z", "2026-04-30T06:00:00Z");
    }

    @Test
    void theLastDueTimeIsTheOneAfterWhichNothingWasDue() {
        long seed = Long.getLong("milepost.seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            Rhythm rhythm = List.of(DAILY, WEEKLY, MONTHLY).get(random.nextInt(3));
            Instant after = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(40_000_000));
            Instant until = after.plusSeconds(random.nextInt(10_000_000));

            Instant last = rhythm.last(after, until, BERLIN);

            Instant due = rhythm.next(after, BERLIN);
            Instant expected = null;
            for (; !due.isAfter(until); due = rhythm.next(due, BERLIN)) {
                expected = due;
            }
            assertThat(last)
                    .as("seed %d, %s from %s to %s", seed, rhythm, after, until)
                    .isEqualTo(expected);
        }
    }

    @Test
    void knowsThePeriodBefore() {
        Instant due = Instant.parse("2026-04-01T04:00:00Z"); // a Wednesday

        assertThat(DAILY.before(due, BERLIN)).isEqualTo(period("2026-03-30T22:00:00Z", "2026-03-31T22:00:00Z"));
        assertThat(WEEKLY.before(due, BERLIN)).isEqualTo(period("2026-03-22T23:00:00Z", "2026-03-29T22:00:00Z"));
        assertThat(MONTHLY.before(due, BERLIN)).isEqualTo(period("2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z"));
        assertThat(Duration.between(
                        WEEKLY.before(due, BERLIN).from(),
                        WEEKLY.before(due, BERLIN).to()))
                .isEqualTo(Duration.ofHours(7 * 24 - 1));
    }

    private static Period period(String from, String to) {
        return new Period(Instant.parse(from), Instant.parse(to));
    }
}
