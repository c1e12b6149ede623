package io.milepost.analytics.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.milepost.analytics.problem.Problem;
import io.milepost.analytics.problem.ProblemException;
import io.milepost.analytics.report.ReportSchedule.Range;
import io.milepost.analytics.report.Rhythm.Every;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Controller("/v1/report-schedules")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Reports")
final class SchedulesController {

    private static final String EXAMPLE = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    private static final String WEEKLY =
            "{\"every\": \"week\", \"at\": \"06:00\", \"weekday\": \"monday\", \"range\": \"previous\", \"report\":"
                    + " {\"what\": \"summary\", \"journeyId\": \"onboarding\", \"format\": \"xlsx\"}}";
    private static final String MONTHLY =
            "{\"every\": \"month\", \"at\": \"06:00\", \"dayOfMonth\": 1, \"range\": \"previous\", \"report\":"
                    + " {\"what\": \"mep\", \"format\": \"csv\"}}";

    private final ReportSchedules schedules;

    SchedulesController(ReportSchedules schedules) {
        this.schedules = schedules;
    }

    @Post
    @Operation(
            operationId = "scheduleReport",
            summary = "Orders a report again and again",
            description =
                    "Each day, week or month at a time of the account's zone. The reports are among all others, and mail"
                            + " their end where their order says so. Of due times that the service missed while it was down, the last"
                            + " is made up for; none has two reports.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ScheduleOrder.class),
                            examples = {
                                @ExampleObject(name = "Each Monday, of the week before", value = WEEKLY),
                                @ExampleObject(name = "Each first of a month, its engaged persons", value = MONTHLY)
                            }))
    @ApiResponse(
            responseCode = "201",
            description = "It is set up; `Location` is where to ask for it.",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ReportSchedule.class)))
    @ApiResponse(
            responseCode = "400",
            description =
                    "A field of the body, or one of the report's parameters, is not as expected; the problem names it.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "404",
            description = "There is no such journey.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "409",
            description = "There are as many schedules as may be.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    HttpResponse<ReportSchedule> add(@Body JsonNode body) {
        ReportSchedule schedule = schedules.add(body);
        return HttpResponse.<ReportSchedule>created(URI.create("/v1/report-schedules/" + schedule.id()))
                .body(schedule);
    }

    @Get
    @Operation(operationId = "listReportSchedules", summary = "All schedules, oldest first")
    @ApiResponse(responseCode = "200", description = "The schedules.")
    SchedulesAnswer list() {
        return new SchedulesAnswer(schedules.all());
    }

    @Get("/{id}")
    @Operation(operationId = "getReportSchedule", summary = "A schedule, and when it is due next")
    @ApiResponse(responseCode = "200", description = "The schedule.")
    @ApiResponse(
            responseCode = "404",
            description = "There is no such schedule.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    ReportSchedule one(@Parameter(description = "The schedule's id.", example = EXAMPLE) String id) {
        return find(id);
    }

    @Delete("/{id}")
    @Status(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteReportSchedule", summary = "Ends a schedule; its reports stay until they expire")
    @ApiResponse(responseCode = "204", description = "It is gone.")
    @ApiResponse(
            responseCode = "404",
            description = "There is no such schedule.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    void delete(@Parameter(description = "The schedule's id.", example = EXAMPLE) String id) {
        find(id);
        schedules.delete(id);
    }

    private ReportSchedule find(String id) {
        return schedules
                .find(id)
                .orElseThrow(() -> new ProblemException(Problem.notFound("There is no schedule with this id.")));
    }

    @Schema(name = "ReportSchedules", description = "All schedules.")
    record SchedulesAnswer(@Schema(description = "The schedules, oldest first.") List<ReportSchedule> schedules) {}

    /** Describes the body of a new schedule, which {@link ReportSchedule#of} reads. */
    @Schema(name = "ReportScheduleOrder", description = "When to order which report.")
    record ScheduleOrder(
            @Schema(description = "How often.", example = "week") Every every,
            @Schema(
                            description = "At what time of the day in the account's zone, hours and minutes.",
                            example = "06:00")
                    String at,
            @Schema(
                            description = "On which day of the week: where it is every week, and only there.",
                            example = "monday",
                            allowableValues = {
                                "monday",
                                "tuesday",
                                "wednesday",
                                "thursday",
                                "friday",
                                "saturday",
                                "sunday"
                            })
                    @Nullable
                    String weekday,
            @Schema(
                            description =
                                    "On which day of the month, 1 to 31: where it is every month, and only there. The last"
                                            + " day of a shorter month.",
                            example = "1")
                    @Nullable
                    Integer dayOfMonth,
            @Schema(
                            description =
                                    "`previous`: the report is of the day, week (from Monday) or month before, and its"
                                            + " parameters have no `from` and `to` (of `mep`: no `month`). `all`, or left out: of what its"
                                            + " own parameters say.",
                            example = "previous")
                    @Nullable
                    Range range,
            ReportOrder report) {}
}
