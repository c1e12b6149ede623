package io.milepost.simulator.verify;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** The steps of a series in a zone. */
enum Bucket {
    HOUR,
    DAY,
    WEEK,
    MONTH;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Start of the bucket that instant lies in. */
    Instant start(Instant time, ZoneId zone) {
        ZonedDateTime local = time.atZone(zone);
        LocalDate day = local.toLocalDate();
        return switch (this) {
            case HOUR -> local.truncatedTo(ChronoUnit.HOURS).toInstant();
            case DAY -> midnight(day, zone);
            case WEEK -> midnight(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), zone);
            case MONTH -> midnight(day.withDayOfMonth(1), zone);
        };
    }

    /** Start of the bucket after the one that starts then. */
    Instant next(Instant start, ZoneId zone) {
        LocalDate day = start.atZone(zone).toLocalDate();
        return switch (this) {
            case HOUR -> start.plus(1, ChronoUnit.HOURS);
            case DAY -> midnight(day.plusDays(1), zone);
            case WEEK -> midnight(day.plusWeeks(1), zone);
            case MONTH -> midnight(day.plusMonths(1), zone);
        };
    }

    private static Instant midnight(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }
}
