package io.milepost.analytics.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milepost.analytics.reference.FigureRequest.Bucket;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One figure for each bucket of the zone, clipped to the range. */
final class SeriesFigures {

    private final ReferenceQuery query;
    private final Bucket bucket;

    SeriesFigures(ReferenceQuery query, Bucket bucket) {
        this.query = query;
        this.bucket = bucket;
    }

    /** @param times of all that happened: an open end of the range is the first or last of them */
    ObjectNode json(List<Instant> times, Function<ReferenceQuery, JsonNode> figure) {
        Instant first = query.from() == null
                ? times.stream().min(Comparator.naturalOrder()).orElse(null)
                : query.from();
        Instant last = query.to() == null
                ? times.stream()
                        .max(Comparator.naturalOrder())
                        .map(time -> time.plusNanos(1))
                        .orElse(null)
                : query.to();
        ObjectNode answer = Json.object();
        ArrayNode points = answer.putArray("points");
        if (first == null || last == null) {
            return answer;
        }
        for (Instant start = start(first); start.isBefore(last); start = next(start)) {
            JsonNode value = figure.apply(query.between(later(start, query.from()), earlier(next(start), query.to())));
            points.addObject().put("start", start.toString()).set("value", value);
        }
        return answer;
    }

    private static Instant later(Instant start, @Nullable Instant from) {
        return from != null && from.isAfter(start) ? from : start;
    }

    private static Instant earlier(Instant end, @Nullable Instant to) {
        return to != null && to.isBefore(end) ? to : end;
    }

    Instant start(Instant time) {
        ZonedDateTime local = time.atZone(query.zone());
        LocalDate day = local.toLocalDate();
        return switch (bucket) {
            case HOUR -> local.truncatedTo(ChronoUnit.HOURS).toInstant();
            case DAY -> startOf(day);
            case WEEK -> startOf(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
            case MONTH -> startOf(day.withDayOfMonth(1));
        };
    }

    Instant next(Instant start) {
        LocalDate day = start.atZone(query.zone()).toLocalDate();
        return switch (bucket) {
            case HOUR -> start.plus(1, ChronoUnit.HOURS);
            case DAY -> startOf(day.plusDays(1));
            case WEEK -> startOf(day.plusWeeks(1));
            case MONTH -> startOf(day.plusMonths(1));
        };
    }

    private Instant startOf(LocalDate day) {
        return day.atStartOfDay(query.zone()).toInstant();
    }
}
