package io.milepost.analytics.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.milepost.analytics.measure.TimelineEvent;
import io.milepost.analytics.measure.UserTimeline;
import io.milepost.analytics.problem.Problem;
import io.milepost.analytics.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

@Controller("/v1/users/{userId:[^/]+}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Users")
final class TimelineController {

    private final FreshFigures fresh;
    private final UserTimeline timelines;

    TimelineController(FreshFigures fresh, UserTimeline timelines) {
        this.fresh = fresh;
        this.timelines = timelines;
    }

    @Get("/timeline")
    @QueryParameters.Fresh
    @Operation(
            operationId = "getTimeline",
            summary = "Everything known of a user",
            description = "All accepted events of the user, those of the entries and messages included, in canonical"
                    + " order: by time, sequence, source and id.")
    @ApiResponse(responseCode = "200", description = "The events in order.")
    @Problems
    TimelineAnswer timeline(
            @Parameter(description = "The user's id.", example = "user-1") String userId,
            @Parameter(hidden = true) HttpRequest<?> request) {
        FreshnessAnswer freshness = fresh.await(request);
        List<TimelineEvent> events = Identifiers.canBe(userId) ? timelines.timeline(userId) : List.of();
        if (events.isEmpty()) {
            throw new ProblemException(Problem.notFound("No user of this id is known."));
        }
        return new TimelineAnswer(userId, events, freshness);
    }

    @Schema(name = "Timeline", description = "Everything known of a user.")
    record TimelineAnswer(
            @Schema(description = "The user's id.", example = "user-1") String userId,
            @Schema(description = "The events in canonical order.") List<TimelineEvent> events,
            FreshnessAnswer freshness) {}
}
