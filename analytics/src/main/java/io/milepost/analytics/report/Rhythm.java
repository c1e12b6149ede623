package io.milepost.analytics.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/**
 * When something is due, again and again. A time that a day skips, for the clocks are put forward, comes as much later; one
 * that it has twice comes the first time.
 *
 * @param weekday of weekly ones
 * @param dayOfMonth of monthly ones; the last day of a month that is shorter
 */
record Rhythm(Every every, LocalTime at, DayOfWeek weekday, int dayOfMonth) {

    /** How often. */
    enum Every {
        @JsonProperty("day")
        DAY,
        @JsonProperty("week")
        WEEK,
        @JsonProperty("month")
        MONTH
    }

    /** A day, a week from Monday or a month, from its first instant to the next one's. */
    record Period(Instant from, Instant to) {}

    /** The first due time after an instant. */
    Instant next(Instant after, ZoneId zone) {
        LocalDate date = after.atZone(zone).toLocalDate().minusDays(1);
        while (!isDueOn(date) || !due(date, zone).isAfter(after)) {
            date = date.plusDays(1);
        }
        return due(date, zone);
    }

    /** The last due time after one instant and not after another; null = none. */
    @Nullable
    Instant last(Instant after, Instant until, ZoneId zone) {
        LocalDate date = until.atZone(zone).toLocalDate().plusDays(1);
        while (!isDueOn(date) || due(date, zone).isAfter(until)) {
            date = date.minusDays(1);
        }
        Instant due = due(date, zone);
        return due.isAfter(after) ? due : null;
    }

    /** The day, week or month before the one in which it is due. */
    Period before(Instant due, ZoneId zone) {
        LocalDate date = due.atZone(zone).toLocalDate();
        LocalDate end =
                switch (every) {
                    case DAY -> date;
                    case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                    case MONTH -> date.withDayOfMonth(1);
                };
        LocalDate start =
                switch (every) {
                    case DAY -> end.minusDays(1);
                    case WEEK -> end.minusWeeks(1);
                    case MONTH -> end.minusMonths(1);
                };
        return new Period(
                start.atStartOfDay(zone).toInstant(), end.atStartOfDay(zone).toInstant());
    }

    private boolean isDueOn(LocalDate date) {
        return switch (every) {
            case DAY -> true;
            case WEEK -> date.getDayOfWeek() == weekday;
            case MONTH -> date.getDayOfMonth() == Math.min(dayOfMonth, date.lengthOfMonth());
        };
    }

    private Instant due(LocalDate date, ZoneId zone) {
        return date.atTime(at).atZone(zone).toInstant();
    }
}
