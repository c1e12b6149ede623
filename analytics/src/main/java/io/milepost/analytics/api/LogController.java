package io.milepost.analytics.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.milepost.analytics.measure.JourneyLog;
import io.milepost.analytics.measure.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

@Controller("/v1/journeys/{journeyId:[^/]+}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Journeys")
final class LogController {

    private static final String LINES = "application/x-ndjson";
    private static final String XML = "application/xml";

    private final Questions questions;
    private final FreshFigures fresh;
    private final JourneyLog log;
    private final Downloads downloads;

    LogController(Questions questions, FreshFigures fresh, JourneyLog log, Downloads downloads) {
        this.questions = questions;
        this.fresh = fresh;
        this.log = log;
        this.downloads = downloads;
    }

    @Get("/events")
    @Produces(LINES)
    @QueryParameters.Fresh
    @Operation(
            operationId = "exportEvents",
            summary = "All events of a journey, for moving house",
            description =
                    "CloudEvents as they were received, one a line: definitions, entries, messages, imports, and the"
                            + " own events of users who entered. Sent to `POST /v1/events` of another service, in bodies of at most"
                            + " 10,000 lines, they give the same figures there. Packed where gzip is accepted.")
    @ApiResponse(
            responseCode = "200",
            description = "The events, in the order of their acceptance.",
            content = @Content(mediaType = LINES, schema = @Schema(type = "string")))
    @Problems
    HttpResponse<?> events(
            @Parameter(description = "The journey's id.", example = "onboarding") String journeyId,
            @Parameter(hidden = true) HttpRequest<?> request) {
        fresh.await(request);
        questions.requireJourney(journeyId);
        return downloads.stream(request, journeyId + "-events", "ndjson", LINES, out -> log.events(journeyId, out));
    }

    @Get("/xes")
    @Produces(XML)
    @QueryParameters.OfTraces
    @Operation(
            operationId = "exportXes",
            summary = "The entries of a journey as XES, for process mining",
            description =
                    "IEEE 1849-2016 with the extensions concept, time and lifecycle: a trace an entry, named by its"
                            + " id; visits start and complete under their node's id, messages, engagements and outcomes complete."
                            + " Packed where gzip is accepted.")
    @ApiResponse(
            responseCode = "200",
            description = "The log.",
            content = @Content(mediaType = XML, schema = @Schema(type = "string")))
    @Problems
    HttpResponse<?> traces(
            @Parameter(description = "The journey's id.", example = "onboarding") String journeyId,
            @Parameter(hidden = true) HttpRequest<?> request) {
        Scope scope = questions.scope(request);
        fresh.await(request);
        questions.requireJourney(journeyId);
        String name = journeyId + "-entries-" + Downloads.range(scope);
        return downloads.stream(request, name, "xes", XML, out -> log.traces(journeyId, scope, out));
    }
}
