package io.milepost.analytics.report;

import static io.milepost.analytics.report.OrderFields.invalid;
import static io.milepost.analytics.report.OrderFields.word;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.milepost.analytics.problem.ProblemException;
import io.milepost.analytics.report.Rhythm.Every;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A report that is ordered again and again.
 *
 * @param at in the account's zone
 * @param weekday null where it is not weekly
 * @param dayOfMonth null where it is not monthly
 * @param ranFor the last due time that is done with; null = none yet
 * @param nextAt as the account's zone is when it is asked; null where it is stored
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A report that is ordered again and again, in the account's time zone.")
record ReportSchedule(
        @Schema(description = "Its id.", example = "7c9e6679-7425-40de-944b-e07fc1f90ae7") String id,
        @Schema(description = "How often.", example = "week") Every every,
        @Schema(description = "At what time of the day, hours and minutes.", example = "06:00") String at,
        @Schema(
                        description = "On which day of the week; of weekly ones.",
                        example = "monday",
                        allowableValues = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
                        })
                @Nullable
                String weekday,
        @Schema(
                        description =
                                "On which day of the month, 1 to 31; of monthly ones. The last day of a shorter month.",
                        example = "1")
                @Nullable
                Integer dayOfMonth,
        @Schema(
                        description =
                                "`previous`: the report is of the day, week (from Monday) or month before. `all`: of what"
                                        + " the report's own parameters say.",
                        example = "previous")
                Range range,
        ReportOrder report,
        @Schema(description = "When it was set up.", example = "2026-03-02T10:15:30Z") Instant createdAt,
        @Schema(
                        description = "The due time of the last report that was ordered; absent: none yet.",
                        example = "2026-03-09T05:00:00Z")
                @Nullable
                Instant ranFor,
        @Schema(description = "When the next report is due.", example = "2026-03-16T05:00:00Z") @Nullable
                Instant nextAt) {

    private static final Set<String> FIELDS = Set.of("every", "at", "weekday", "dayOfMonth", "range", "report");
    private static final String SHAPE =
            "A schedule has every, at, weekday or dayOfMonth, range and report, and no other field.";
    private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");
    private static final int LONGEST_MONTH = 31;

    /** Of which time the reports are. */
    enum Range {
        @JsonProperty("previous")
        PREVIOUS,
        @JsonProperty("all")
        ALL
    }

    /**
     * Reads a schedule. What the report's parameters may be is for its path to say.
     *
     * @throws ProblemException where it is not as expected
     */
    static ReportSchedule of(JsonNode body, String id, Instant now) {
        if (!body.isObject()) {
            throw invalid(null, "The body must be an object. " + SHAPE);
        }
        OrderFields.requireOnly(FIELDS, body, SHAPE);
        Every every = word(body.path("every"), "every", Every.values());
        if (!body.path("report").isObject()) {
            throw invalid("report", "'report' must be an object: the order of a report.");
        }
        ReportOrder report = ReportOrder.of(body.path("report"));
        return new ReportSchedule(
                id,
                every,
                at(body.path("at")),
                weekday(body.path("weekday"), every),
                dayOfMonth(body.path("dayOfMonth"), every),
                range(body.path("range"), every, report),
                report,
                now,
                null,
                null);
    }

    private static String at(JsonNode time) {
        if (!time.isTextual() || !TIME.matcher(time.textValue()).matches()) {
            throw invalid("at", "'at' must be a time of the day such as 06:00, in the account's time zone.");
        }
        return time.textValue();
    }

    private static @Nullable String weekday(JsonNode day, Every every) {
        if (isNothing(day, "weekday", every == Every.WEEK, "every week")) {
            return null;
        }
        return word(word(day, "weekday", DayOfWeek.values()));
    }

    private static @Nullable Integer dayOfMonth(JsonNode day, Every every) {
        if (isNothing(day, "dayOfMonth", every == Every.MONTH, "every month")) {
            return null;
        }
        if (!day.isInt() || day.intValue() < 1 || day.intValue() > LONGEST_MONTH) {
            throw invalid("dayOfMonth", "'dayOfMonth' must be a whole number from 1 to 31.");
        }
        return day.intValue();
    }

    /** Whether it is rightly not there. */
    private static boolean isNothing(JsonNode value, String field, boolean wanted, String where) {
        boolean nothing = value.isMissingNode() || value.isNull();
        if (!wanted && !nothing) {
            throw invalid(field, "'" + field + "' is of what is due " + where + ": leave it out.");
        }
        return nothing && !wanted;
    }

    private static Range range(JsonNode said, Every every, ReportOrder report) {
        if (said.isMissingNode() || said.isNull()) {
            return Range.ALL;
        }
        Range range = word(said, "range", Range.values());
        if (range == Range.PREVIOUS) {
            boolean ofMonth = report.what() == ReportOrder.What.MEP;
            if (ofMonth && every != Every.MONTH) {
                throw invalid("range", "'mep' is of a month: its 'range' is previous only where 'every' is month.");
            }
            for (String name : ofMonth ? List.of("month") : List.of("from", "to")) {
                if (report.parameters().containsKey(name)) {
                    throw invalid("range", "'range' is previous: leave '" + name + "' out of the report's parameters.");
                }
            }
        }
        return range;
    }

    Rhythm rhythm() {
        return new Rhythm(
                every,
                LocalTime.parse(at),
                weekday == null ? DayOfWeek.MONDAY : DayOfWeek.valueOf(weekday.toUpperCase(Locale.ROOT)),
                dayOfMonth == null ? 1 : dayOfMonth);
    }

    /** The due time for which a report is to be ordered; null = none. Of several that were missed, the last. */
    @Nullable
    Instant due(Instant now, ZoneId zone) {
        return rhythm().last(done(), now, zone);
    }

    private Instant done() {
        return ranFor == null ? createdAt : ranFor;
    }

    /** As people are shown it. */
    ReportSchedule shown(ZoneId zone) {
        return with(ranFor, rhythm().next(done(), zone));
    }

    ReportSchedule ran(Instant due) {
        return with(due, null);
    }

    private ReportSchedule with(@Nullable Instant done, @Nullable Instant next) {
        return new ReportSchedule(id, every, at, weekday, dayOfMonth, range, report, createdAt, done, next);
    }

    /** What is ordered for a due time. */
    ReportOrder order(Instant due, ZoneId zone) {
        if (range == Range.ALL) {
            return report;
        }
        Rhythm.Period period = rhythm().before(due, zone);
        if (report.what() == ReportOrder.What.MEP) {
            String month = YearMonth.from(period.from().atZone(zone)).toString();
            return report.with(Map.of("month", List.of(month)));
        }
        return report.with(Map.of(
                "from",
                List.of(period.from().toString()),
                "to",
                List.of(period.to().toString())));
    }

    /** The id of the report for a due time, always the same: there is one for each. */
    String reportId(Instant due) {
        return UUID.nameUUIDFromBytes((id + " " + due).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
