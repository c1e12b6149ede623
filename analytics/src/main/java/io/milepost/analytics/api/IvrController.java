package io.milepost.analytics.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.milepost.analytics.api.Questions.Question;
import io.milepost.analytics.measure.Bucket;
import io.milepost.analytics.measure.JourneyCalls;
import io.milepost.analytics.measure.JourneyCalls.Calls;
import io.milepost.analytics.measure.TooManyPointsException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

@Controller("/v1/journeys/{journeyId:[^/]+}/ivr")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Figures")
final class IvrController {

    private final Questions questions;
    private final JourneyCalls calls;

    IvrController(Questions questions, JourneyCalls calls) {
        this.questions = questions;
        this.calls = calls;
    }

    @Get
    @QueryParameters.OfCalls
    @Operation(
            operationId = "getIvr",
            summary = "How the calls of an IVR journey went",
            description =
                    "Call volume, calls over time, completion, drop-off by node, and the paths callers took through"
                            + " the menu options. An entry is a call, a visit's outcome the option pressed; the figures are those"
                            + " of the summary, the nodes and the transitions.")
    @ApiResponse(responseCode = "200", description = "The calls.")
    @Problems
    IvrAnswer calls(
            @Parameter(description = "The journey's id.", example = "hotline") String journeyId,
            @Parameter(hidden = true) HttpRequest<?> request) {
        Bucket asked = new Parameters(request).oneOf("bucket", Bucket.class);
        Question question = questions.ask(journeyId, request);
        try {
            return new IvrAnswer(
                    calls.calls(question.query(), asked == null ? Bucket.DAY : asked), question.freshness());
        } catch (TooManyPointsException e) {
            throw Parameters.invalid("bucket", "makes " + e.getMessage() + " of this range");
        }
    }

    @Schema(name = "Ivr", description = "How the calls of an IVR journey went.")
    record IvrAnswer(@JsonUnwrapped Calls figures, FreshnessAnswer freshness) {}
}
