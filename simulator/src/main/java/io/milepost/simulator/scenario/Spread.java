package io.milepost.simulator.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.ExponentialDistribution;
import org.apache.commons.statistics.distribution.LogNormalDistribution;
import org.apache.commons.statistics.distribution.UniformContinuousDistribution;
import org.apache.commons.statistics.distribution.WeibullDistribution;

/**
 * A random amount: of time (written as ISO-8601 durations, sampled in milliseconds) or of anything else (written as
 * numbers).
 *
 * <p>{@code {fixed: PT1H}}, {@code {uniform: [PT1M, PT5M]}}, {@code {oneOf: [PT0S, PT0.001S]}}, {@code {exponential: PT2H}}
 * (the mean), {@code {lognormal: {median: PT2H, sigma: 0.8}}}, {@code {weibull: {shape: 1.5, scale: PT4H}}}.
 */
public final class Spread {

    /** From one draw of [0, 1) to the amount. */
    @FunctionalInterface
    private interface Quantile {
        double at(double draw);
    }

    private final Quantile quantile;

    private Spread(Quantile quantile) {
        this.quantile = quantile;
    }

    public static Spread fixed(double amount) {
        return new Spread(draw -> amount);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Spread read(JsonNode node) {
        if (node.isValueNode()) {
            return fixed(amount(node));
        }
        if (node.size() != 1) {
            throw new IllegalArgumentException(
                    "one of fixed, uniform, oneOf, exponential, lognormal, weibull is expected, not " + node);
        }
        var field = node.properties().iterator().next();
        JsonNode value = field.getValue();
        return switch (field.getKey()) {
            case "fixed" -> fixed(amount(value));
            case "uniform" -> of(UniformContinuousDistribution.of(amount(value.path(0)), amount(value.path(1))));
            case "oneOf" -> oneOf(value);
            case "exponential" -> of(ExponentialDistribution.of(amount(value)));
            case "lognormal" ->
                of(LogNormalDistribution.of(
                        StrictMath.log(amount(value.path("median"))),
                        value.path("sigma").asDouble()));
            case "weibull" -> of(WeibullDistribution.of(value.path("shape").asDouble(), amount(value.path("scale"))));
            default ->
                throw new IllegalArgumentException("'" + field.getKey()
                        + "' is no spread; fixed, uniform, oneOf, exponential, lognormal, weibull are");
        };
    }

    /** Draws exactly once. */
    public double sample(SplittableRandom random) {
        return quantile.at(random.nextDouble());
    }

    /** An amount of time in whole milliseconds, never negative. */
    public long millis(SplittableRandom random) {
        return Math.max(0, Math.round(sample(random)));
    }

    private static Spread of(ContinuousDistribution distribution) {
        return new Spread(distribution::inverseCumulativeProbability);
    }

    private static Spread oneOf(JsonNode list) {
        if (!list.isArray() || list.isEmpty()) {
            throw new IllegalArgumentException("oneOf should be a list of amounts, not " + list);
        }
        List<Double> amounts = new ArrayList<>();
        list.forEach(item -> amounts.add(amount(item)));
        return new Spread(draw -> amounts.get((int) (draw * amounts.size())));
    }

    private static double amount(JsonNode node) {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        try {
            return Duration.parse(node.asText()).toMillis();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'" + node.asText() + "' should be a number or a duration such as PT2H30M or P3D", e);
        }
    }
}
