package io.milepost.analytics.measure;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages, what was done with them and what they cost. Maps leave out keys with nothing to show. */
@Schema(description = "Messages, what was done with them and what they cost. Maps leave out keys with nothing to show.")
public record TrafficFigures(
        @Schema(description = "Messages whose final status is sent.", example = "84") long sentCount,
        @Schema(description = "Messages whose final status is failed.", example = "25") long failedCount,
        @Schema(description = "Distinct users of the sent ones.", example = "80") long sentUserCount,
        @Schema(description = "Distinct users of the failed ones.", example = "25") long failedUserCount,
        @Schema(
                        description = "The failed ones by reason; `unknown` = none was given.",
                        example = "{\"token-expired\": 23, \"unknown\": 2}")
                Map<String, Long> failuresByReason,
        @Schema(
                        description = "Engagements by kind with the sent ones.",
                        example = "{\"clicked\": {\"count\": 12, \"users\": 11, \"machine\": 2}}")
                Map<String, Engagement> engagements,
        @Schema(
                        description = "Exact sum of the cost of the sent ones, by currency.",
                        example = "{\"EUR\": \"20.5962\"}")
                Map<String, String> cost) {

    public TrafficFigures {
        failuresByReason = Figures.ordered(failuresByReason);
        engagements = Figures.ordered(engagements);
        cost = Figures.ordered(cost);
    }

    boolean isNothing() {
        return sentCount == 0 && failedCount == 0 && engagements.isEmpty() && cost.isEmpty();
    }

    /** What a converted user cost. */
    @Schema(description = "Cost of the traffic out of converted users.")
    public record CostPerConversion(
            @Schema(
                            description =
                                    "Numerator by denominator, rounded to six decimals; null where nobody converted.",
                            example = "0.643631")
                    @Nullable
                    String value,
            @Schema(description = "Cost of the traffic.", example = "20.5962") String numerator,
            @Schema(description = "Converted users of the journey.", example = "32") long denominator) {

        private static final int DECIMALS = 6;

        static CostPerConversion of(String cost, long convertedUsers) {
            return new CostPerConversion(
                    convertedUsers == 0
                            ? null
                            : JourneyMeasures.plain(new BigDecimal(cost)
                                    .divide(BigDecimal.valueOf(convertedUsers), DECIMALS, RoundingMode.HALF_UP)),
                    cost,
                    convertedUsers);
        }
    }
}
