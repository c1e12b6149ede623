package io.milepost.analytics.api;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.milepost.analytics.problem.Problem;
import io.milepost.analytics.store.Erasure;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

@Controller("/v1/users/{userId:[^/]+}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Users")
final class ErasureController {

    private final Erasure erasure;

    ErasureController(Erasure erasure) {
        this.erasure = erasure;
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
}
