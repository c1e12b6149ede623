package io.milepost.analytics.measure;

import static java.time.temporal.TemporalAdjusters.previousOrSame;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;

/** Cuts a range of time along a calendar: no holes, no overlaps, daylight saving included. */
public final class Buckets {

    /** The most points of one series. */
    public static final int LIMIT = 10_000;

    private Buckets() {}

    /**
     * The buckets that have a part in the range, in order.
     *
     * @param from included
     * @param to excluded
     * @throws TooManyPointsException where there are more than {@link #LIMIT}
     */
    public static List<Slice> of(Bucket bucket, ZoneId zone, Instant from, Instant to) {
        List<Slice> slices = new ArrayList<>();
        Instant start = from.isBefore(to) ? startOf(bucket, zone, from) : to;
        while (start.isBefore(to)) {
            if (slices.size() == LIMIT) {
                throw new TooManyPointsException(bucket);
            }
            Instant next = next(bucket, zone, start);
            slices.add(new Slice(start, later(start, from), earlier(next, to)));
            start = next;
        }
        return slices;
    }

    private static Instant startOf(Bucket bucket, ZoneId zone, Instant time) {
        if (bucket == Bucket.HOUR) {
            return startOfHour(zone, time);
        }
        return startOfDay(zone, firstDay(bucket, time.atZone(zone).toLocalDate()));
    }

    private static Instant next(Bucket bucket, ZoneId zone, Instant start) {
        if (bucket == Bucket.HOUR) {
            return nextHour(zone, start);
        }
        // A bucket whose first hours a clock change left out starts later that same day: go by its date.
        LocalDate first = firstDay(bucket, start.atZone(zone).toLocalDate());
        Instant next = startOfDay(zone, firstDayAfter(bucket, first));
        // A day that a zone left out altogether would start when the next one does.
        return next.isAfter(start) ? next : startOfDay(zone, firstDayAfter(bucket, first.plusDays(1)));
    }

    private static LocalDate firstDay(Bucket bucket, LocalDate day) {
        return switch (bucket) {
            case WEEK -> day.with(previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            default -> day;
        };
    }

    private static LocalDate firstDayAfter(Bucket bucket, LocalDate first) {
        return switch (bucket) {
            case WEEK -> first.plusWeeks(1);
            case MONTH -> first.plusMonths(1);
            default -> first.plusDays(1);
        };
    }

    private static Instant startOfDay(ZoneId zone, LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    /**
     * An hour shown twice, as clocks go back, is two buckets; where they go back by half an hour, the repeated half
     * belongs to a bucket of its own.
     */
    private static Instant startOfHour(ZoneId zone, Instant time) {
        Instant start = time.minus(sinceTheHour(zone, time));
        ZoneOffsetTransition change = zone.getRules().previousTransition(time.plusNanos(1));
        return change == null ? start : later(start, change.getInstant());
    }

    private static Instant nextHour(ZoneId zone, Instant start) {
        Instant next = start.plus(Duration.ofHours(1)).minus(sinceTheHour(zone, start));
        ZoneOffsetTransition change = zone.getRules().nextTransition(start);
        return change == null ? next : earlier(next, change.getInstant());
    }

    /** By the clock on the wall: the hour may have begun before that clock was changed. */
    private static Duration sinceTheHour(ZoneId zone, Instant time) {
        LocalTime local = time.atZone(zone).toLocalTime();
        return Duration.between(local.truncatedTo(ChronoUnit.HOURS), local);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /**
     * What a range has of one bucket.
     *
     * @param start of the whole bucket
     * @param from included, not before {@code start}
     * @param to excluded
     */
    public record Slice(Instant start, Instant from, Instant to) {}
}
