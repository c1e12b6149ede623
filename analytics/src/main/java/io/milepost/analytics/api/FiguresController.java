package io.milepost.analytics.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.milepost.analytics.api.Questions.Question;
import io.milepost.analytics.measure.Bucket;
import io.milepost.analytics.measure.JourneyCatalogue;
import io.milepost.analytics.measure.JourneyFigures;
import io.milepost.analytics.measure.JourneySummary;
import io.milepost.analytics.measure.NodeFigures;
import io.milepost.analytics.measure.SeriesMeasure;
import io.milepost.analytics.measure.SeriesPoint;
import io.milepost.analytics.measure.StageFigures;
import io.milepost.analytics.measure.TooManyPointsException;
import io.milepost.analytics.measure.Transition;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Controller("/v1/journeys/{journeyId:[^/]+}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Figures")
final class FiguresController {

    private final Questions questions;
    private final JourneyFigures figures;
    private final JourneyCatalogue catalogue;

    FiguresController(Questions questions, JourneyFigures figures, JourneyCatalogue catalogue) {
        this.questions = questions;
        this.figures = figures;
        this.catalogue = catalogue;
    }

    @Get("/summary")
    @QueryParameters.OfFigures
    @QueryParameters.AsFile
    @Operation(operationId = "getSummary", summary = "Every measure of a journey")
    @ApiResponse(responseCode = "200", description = "The measures, each by its name.")
    @Problems
    SummaryAnswer summary(
            @Parameter(description = "The journey's id.", example = "onboarding") String journeyId,
            @Parameter(hidden = true) HttpRequest<?> request) {
        Question question = questions.ask(journeyId, request);
        return new SummaryAnswer(figures.summary(question.query()), question.freshness());
    }

    @Get("/nodes")
    @QueryParameters.OfFigures
    @QueryParameters.AsFile
    @Operation(
            operationId = "getNodes",
            summary = "Every measure of each node",
            description = "All nodes of the definitions and all nodes seen, in definition order, then by id.")
    @ApiResponse(responseCode = "200", description = "The nodes with their measures.")
    @Problems
    NodesAnswer nodes(
            @Parameter(description = "The journey's id.", example = "onboarding") String journeyId,
            @Parameter(hidden = true) HttpRequest<?> request) {
        Question question = questions.ask(journeyId, request);
        return new NodesAnswer(figures.nodes(question.query()), question.freshness());
    }

    @Get("/transitions")
    @QueryParameters.OfFigures
    @QueryParameters.AsFile
    @Operation(operationId = "getTransitions", summary = "Which ways the entries took, one for each visit")
    @ApiResponse(responseCode = "200", description = "The transitions.")
    @Problems
    TransitionsAnswer transitions(
            @Parameter(description = "The journey's id.", example = "onboarding") String journeyId,
            @Parameter(hidden = true) HttpRequest<?> request) {
        Question question = questions.ask(journeyId, request);
        return new TransitionsAnswer(figures.transitions(question.query()), question.freshness());
    }

    @Get("/stages")
    @QueryParameters.OfFigures
    @QueryParameters.AsFile
    @Operation(
            operationId = "getStages",
            summary = "The funnel",
            description = "The stages of the newest version that has any, in their order. Always by cohort.")
    @ApiResponse(responseCode = "200", description = "The stages with their measures.")
    @Problems
    StagesAnswer stages(
            @Parameter(description = "The journey's id.", example = "onboarding") String journeyId,
            @Parameter(hidden = true) HttpRequest<?> request) {
        Question question = questions.ask(journeyId, request);
        return new StagesAnswer(figures.stages(question.query()), question.freshness());
    }

    @Get("/series")
    @QueryParameters.OfSeries
    @QueryParameters.AsFile
    @Operation(
            operationId = "getSeries",
            summary = "A measure along the calendar",
            description = "A point is the figure of bucket and range together. No bucket is left out. At most 10,000"
                    + " points.")
    @ApiResponse(responseCode = "200", description = "The points in order.")
    @Problems
    SeriesAnswer series(
            @Parameter(description = "The journey's id.", example = "onboarding") String journeyId,
            @Parameter(hidden = true) HttpRequest<?> request) {
        SeriesMeasure measure = measure(new Parameters(request));
        Bucket bucket = new Parameters(request).requiredOneOf("bucket", Bucket.class);
        Question question = questions.ask(journeyId, request);
        requireNode(journeyId, measure.nodeId());
        try {
            return new SeriesAnswer(figures.series(question.query(), measure, bucket), question.freshness());
        } catch (TooManyPointsException e) {
            throw Parameters.invalid("bucket", "makes " + e.getMessage() + " of this range");
        }
    }

    private static SeriesMeasure measure(Parameters parameters) {
        String path = parameters.requiredText("measure", "the name of a measure such as entries");
        String nodeId = parameters.text("node");
        try {
            return nodeId == null ? SeriesMeasure.ofJourney(path) : SeriesMeasure.ofNode(path, nodeId);
        } catch (IllegalArgumentException e) {
            throw Parameters.invalid(
                    "measure",
                    "must be the path of a measure of the " + (nodeId == null ? "journey" : "node") + ": "
                            + e.getMessage());
        }
    }

    private void requireNode(String journeyId, @Nullable String nodeId) {
        if (nodeId != null && !catalogue.knowsNode(journeyId, nodeId)) {
            throw Parameters.invalid("node", "must be the id of a node of the journey");
        }
    }

    @Schema(name = "Summary", description = "Every measure of a journey by its name.")
    record SummaryAnswer(@JsonUnwrapped JourneySummary figures, FreshnessAnswer freshness) {}

    @Schema(name = "Nodes", description = "Every measure of each node.")
    record NodesAnswer(
            @Schema(description = "All nodes of the definitions and all nodes seen, in definition order, then by id.")
                    List<NodeFigures> nodes,
            FreshnessAnswer freshness) {}

    @Schema(name = "Transitions", description = "Which ways the entries took.")
    record TransitionsAnswer(
            @Schema(description = "The ways taken, by the node they leave, the node they reach and the edge.")
                    List<Transition> transitions,
            FreshnessAnswer freshness) {}

    @Schema(name = "Stages", description = "The funnel.")
    record StagesAnswer(
            @Schema(description = "The stages, first stage first.") List<StageFigures> stages,
            FreshnessAnswer freshness) {}

    @Schema(name = "Series", description = "A measure along the calendar.")
    record SeriesAnswer(
            @Schema(description = "The points in order of time, none left out.") List<SeriesPoint> points,
            FreshnessAnswer freshness) {}
}
