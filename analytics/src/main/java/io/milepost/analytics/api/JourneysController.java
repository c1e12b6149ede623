package io.milepost.analytics.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.milepost.analytics.measure.JourneyCatalogue;
import io.milepost.analytics.measure.JourneyListQuery;
import io.milepost.analytics.measure.JourneyOverview;
import io.milepost.analytics.measure.JourneyPage;
import io.milepost.analytics.problem.Problem;
import io.milepost.analytics.problem.ProblemException;
import io.milepost.spi.JourneyDefinition;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import java.util.Set;

@Controller("/v1/journeys")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Journeys")
final class JourneysController {

    private static final int DEFAULT_SIZE = 100;
    private static final int LARGEST_SIZE = 1_000;
    private static final int LAST_PAGE = 1_000_000;

    private final Questions questions;
    private final FreshFigures fresh;
    private final JourneyCatalogue catalogue;

    JourneysController(Questions questions, FreshFigures fresh, JourneyCatalogue catalogue) {
        this.questions = questions;
        this.fresh = fresh;
        this.catalogue = catalogue;
    }

    @Get
    @QueryParameters.OfJourneyList
    @QueryParameters.AsFile
    @Operation(
            operationId = "listJourneys",
            summary = "The journeys, by id",
            description =
                    "All journeys of which any event speaks. The common parameters choose what their figures count,"
                            + " not which journeys are listed.")
    @ApiResponse(responseCode = "200", description = "A page of journeys.")
    @Problems
    JourneysAnswer journeys(@Parameter(hidden = true) HttpRequest<?> request) {
        Parameters parameters = new Parameters(request);
        JourneyListQuery query = new JourneyListQuery(
                parameters.text("search"),
                (int) parameters.number("page", 0, 0, LAST_PAGE),
                (int) parameters.number("size", DEFAULT_SIZE, 1, LARGEST_SIZE),
                questions.scope(request));
        FreshnessAnswer freshness = fresh.await(request);
        return JourneysAnswer.of(query, catalogue.journeys(query), freshness);
    }

    @Get("/{journeyId:[^/]+}")
    @QueryParameters.OfDefinitions
    @Operation(
            operationId = "getJourney",
            summary = "How a journey is defined",
            description = "Nodes, edges, stages and settings of each version, or of those asked for.")
    @ApiResponse(responseCode = "200", description = "The definitions by version.")
    @Problems
    JourneyAnswer journey(
            @Parameter(description = "The journey\'s id.", example = "onboarding") String journeyId,
            @Parameter(hidden = true) HttpRequest<?> request) {
        Set<Long> versions = new Parameters(request).versions("version");
        FreshnessAnswer freshness = fresh.await(request);
        questions.requireJourney(journeyId);
        return JourneyAnswer.of(journeyId, definitions(journeyId, versions), freshness);
    }

    @Get("/{journeyId:[^/]+}/versions/{version:[^/]+}/bpmn")
    @Produces(MediaType.APPLICATION_XML)
    @QueryParameters.Fresh
    @Operation(
            operationId = "getBpmn",
            summary = "The diagram of a version",
            description = "BPMN 2.0 XML as it was sent.")
    @ApiResponse(
            responseCode = "200",
            description = "The diagram.",
            content = @Content(mediaType = MediaType.APPLICATION_XML, schema = @Schema(type = "string")))
    @Problems
    HttpResponse<String> bpmn(
            @Parameter(description = "The journey\'s id.", example = "onboarding") String journeyId,
            @Parameter(
                            description = "The version.",
                            schema = @Schema(type = "integer", format = "int64", minimum = "1"))
                    String version,
            @Parameter(hidden = true) HttpRequest<?> request) {
        fresh.await(request);
        questions.requireJourney(journeyId);
        return catalogue.definitions(journeyId).stream()
                .filter(definition -> Long.toString(definition.version()).equals(version))
                .map(JourneyDefinition::bpmn)
                .filter(Objects::nonNull)
                .findFirst()
                .map(HttpResponse::ok)
                .orElseThrow(() -> new ProblemException(
                        Problem.notFound("No version of this journey with this number has a diagram.")));
    }

    private List<JourneyDefinition> definitions(String journeyId, Set<Long> versions) {
        List<JourneyDefinition> definitions = catalogue.definitions(journeyId).stream()
                .filter(definition -> versions.isEmpty() || versions.contains(definition.version()))
                .toList();
        if (definitions.size() < versions.size()) {
            throw new ProblemException(Problem.notFound("Not every version asked for is defined."));
        }
        return definitions;
    }

    @Schema(name = "Journeys", description = "A page of journeys.")
    record JourneysAnswer(
            @Schema(description = "The journeys of this page, by id.") List<JourneyOverview> journeys,
            @Schema(description = "Number of this page, from 0.", example = "0") int page,
            @Schema(description = "Journeys a page.", example = "100") int size,
            @Schema(description = "Journeys on all pages.", example = "12") long total,
            FreshnessAnswer freshness) {

        static JourneysAnswer of(JourneyListQuery query, JourneyPage page, FreshnessAnswer freshness) {
            return new JourneysAnswer(page.journeys(), query.page(), query.size(), page.total(), freshness);
        }
    }
}
