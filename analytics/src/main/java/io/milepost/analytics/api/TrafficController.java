package io.milepost.analytics.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.milepost.analytics.api.Questions.Question;
import io.milepost.analytics.measure.Bucket;
import io.milepost.analytics.measure.JourneyCatalogue;
import io.milepost.analytics.measure.JourneyTraffic;
import io.milepost.analytics.measure.JourneyTraffic.Traffic;
import io.milepost.analytics.measure.TooManyPointsException;
import io.milepost.analytics.measure.TrafficFigures;
import io.milepost.analytics.measure.TrafficFigures.CostPerConversion;
import io.milepost.analytics.measure.TrafficPart;
import io.milepost.analytics.measure.TrafficQuery;
import io.milepost.analytics.measure.TrafficQuery.Dimension;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Set;

@Controller("/v1/journeys/{journeyId:[^/]+}/traffic")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Figures")
final class TrafficController {

    private final Questions questions;
    private final JourneyTraffic traffic;
    private final JourneyCatalogue catalogue;

    TrafficController(Questions questions, JourneyTraffic traffic, JourneyCatalogue catalogue) {
        this.questions = questions;
        this.traffic = traffic;
        this.catalogue = catalogue;
    }

    @Get
    @QueryParameters.OfTraffic
    @Operation(
            operationId = "getTraffic",
            summary = "Messages, engagement and cost",
            description = "What the journey sent: messages sent and failed with the reasons, engagements, cost; as a"
                    + " whole and, with `by` and `bucket`, by channel, platform, node and along the calendar. The same"
                    + " messages as in the summary: counts and cost of the parts add up to the total, users do not. As"
                    + " CSV or XLSX, the parts.")
    @ApiResponse(responseCode = "200", description = "The traffic, and what a conversion cost.")
    @Problems
    TrafficAnswer traffic(
            @Parameter(description = "The journey's id.", example = "onboarding") String journeyId,
            @Parameter(hidden = true) HttpRequest<?> request) {
        Parameters parameters = new Parameters(request);
        Set<Dimension> by = parameters.manyOf("by", Dimension.class);
        Bucket bucket = parameters.oneOf("bucket", Bucket.class);
        Question question = questions.ask(journeyId, request);
        String node = parameters.text("node");
        if (node != null && !catalogue.knowsNode(journeyId, node)) {
            throw Parameters.invalid("node", "must be the id of a node of the journey");
        }
        TrafficQuery query = new TrafficQuery(
                question.query(), by, bucket, parameters.text("channel"), parameters.text("platform"), node);
        try {
            return TrafficAnswer.of(traffic.traffic(query), question.freshness());
        } catch (TooManyPointsException e) {
            throw Parameters.invalid("bucket", "makes " + e.getMessage() + " of this range");
        }
    }

    @Schema(name = "Traffic", description = "Messages, engagement and cost of a journey.")
    record TrafficAnswer(
            TrafficFigures total,
            @Schema(
                            description =
                                    "The parts with anything to show, by start, channel, platform and node; none where"
                                            + " neither `by` nor `bucket` splits it.")
                    List<TrafficPart> traffic,
            @Schema(
                            description = "What a converted user cost, by currency.",
                            example =
                                    "{\"EUR\": {\"value\": \"0.643631\", \"numerator\": \"20.5962\", \"denominator\": 32}}")
                    Map<String, CostPerConversion> costPerConversion,
            FreshnessAnswer freshness) {

        static TrafficAnswer of(Traffic traffic, FreshnessAnswer freshness) {
            return new TrafficAnswer(traffic.total(), traffic.parts(), traffic.costPerConversion(), freshness);
        }
    }
}
