package io.milepost.analytics.api;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.milepost.analytics.measure.MeasureDescription;
import io.milepost.analytics.measure.Measures;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;

@Controller("/v1/measures")
@Tag(name = "Figures")
final class MeasuresController {

    private final MeasuresAnswer catalogue =
            new MeasuresAnswer(Measures.all().stream().map(MeasureAnswer::of).toList());

    @Get
    @Operation(operationId = "listMeasures", summary = "What every measure means")
    @ApiResponse(responseCode = "200", description = "The measures of journeys, nodes and stages.")
    MeasuresAnswer measures() {
        return catalogue;
    }

    @Schema(name = "Measures", description = "What every measure means.")
    record MeasuresAnswer(
            @Schema(description = "The measures in the order of the figures.") List<MeasureAnswer> measures) {}

    @Schema(name = "Measure", description = "What a measure means.")
    record MeasureAnswer(
            @Schema(description = "Its name in the figures.", example = "entryUsers") String name,
            @Schema(description = "A title to show.", example = "Entered users") String title,
            @Schema(
                            description = "Its definition.",
                            example = "Distinct users of the entries; who enters again counts once.")
                    String definition,
            @Schema(
                            description = "In what it is told; money is a decimal amount by currency.",
                            example = "count",
                            allowableValues = {"count", "percent", "milliseconds", "money"})
                    String unit,
            @Schema(description = "What one unit of it is.", example = "users") String counts,
            @Schema(
                            description = "What it is a measure of.",
                            example = "journey",
                            allowableValues = {"journey", "node", "stage"})
                    String scope,
            @Schema(description = "How the basis `activity` chooses.", example = "of the entries started in the range")
                    String activity,
            @Schema(description = "By what it can be split.", example = "[\"version\", \"variant\", \"time\"]")
                    List<String> breakDowns,
            @Schema(description = "The lists of what is behind it.", example = "[\"entryUsers\"]") List<String> lists,
            @Schema(
                            description = "How a series names it and its parts, keys of maps in braces.",
                            example = "[\"entryUsers\"]")
                    List<String> seriesPaths) {

        static MeasureAnswer of(MeasureDescription measure) {
            return new MeasureAnswer(
                    measure.name(),
                    measure.title(),
                    measure.definition(),
                    word(measure.unit()),
                    word(measure.counts()),
                    word(measure.level()),
                    measure.activity(),
                    measure.breakDowns(),
                    measure.lists(),
                    measure.seriesPaths());
        }

        private static String word(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
    }
}
