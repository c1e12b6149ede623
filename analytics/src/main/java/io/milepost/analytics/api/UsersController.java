package io.milepost.analytics.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.milepost.analytics.measure.TimelineEvent;
import io.milepost.analytics.measure.UserTimeline;
import io.milepost.analytics.problem.Problem;
import io.milepost.analytics.problem.ProblemException;
import io.milepost.analytics.store.Erasure;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

@Controller("/v1/users/{userId:[^/]+}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Users")
final class UsersController {

    private final FreshFigures fresh;
    private final UserTimeline timelines;
    private final Erasure erasure;

    UsersController(FreshFigures fresh, UserTimeline timelines, Erasure erasure) {
        this.fresh = fresh;
        this.timelines = timelines;
        this.erasure = erasure;
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

    @Delete
    @Status(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "eraseUser",
            summary = "Erases a user",
            description = "Id, attributes and the personal data of raw events are gone everywhere; figures stay as they"
                    + " are, and late events do not bring the user back. Erasing nobody, or twice, is no error.")
    @ApiResponse(responseCode = "204", description = "The user is erased, for good.")
    @ApiResponse(
            responseCode = "400",
            description = "The id cannot be one.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    void erase(@Parameter(description = "The user's id.", example = "user-1") String userId) {
        if (!Identifiers.canBe(userId)) {
            throw Parameters.invalid("userId", "must be of 1 to 200 characters, no control characters among them");
        }
        erasure.erase(userId);
    }

    @Schema(name = "Timeline", description = "Everything known of a user.")
    record TimelineAnswer(
            @Schema(description = "The user's id.", example = "user-1") String userId,
            @Schema(description = "The events in canonical order.") List<TimelineEvent> events,
            FreshnessAnswer freshness) {}
}
