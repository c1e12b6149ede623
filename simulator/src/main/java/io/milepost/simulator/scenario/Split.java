package io.milepost.simulator.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Shares of some options that add up to 1: {@code {yes: 0.4, no: 0.6}}, or such a row for each of some conditions, of
 * which the first that holds counts: {@code {otherwise: {…}, plan=pro: {…}}}.
 */
public final class Split {

    private static final double TOLERANCE = 1e-6;

    private record Row(List<String> options, double[] upTo) {
        String pick(double draw) {
            for (int i = 0; i < upTo.length; i++) {
                if (draw < upTo[i]) {
                    return options.get(i);
                }
            }
            return options.get(options.size() - 1);
        }
    }

    private record When(Condition condition, Row row) {}

    private final Row otherwise;
    private final List<When> rows;

    private Split(Row otherwise, List<When> rows) {
        this.otherwise = otherwise;
        this.rows = rows;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Split read(JsonNode node) {
        if (!node.path("otherwise").isObject()) {
            return new Split(row(node), List.of());
        }
        List<When> rows = new ArrayList<>();
        node.properties().forEach(field -> {
            if (!field.getKey().equals("otherwise")) {
                rows.add(new When(Condition.parse(field.getKey()), row(field.getValue())));
            }
        });
        return new Split(row(node.path("otherwise")), List.copyOf(rows));
    }

    /** Always that one. */
    static Split of(String option) {
        return new Split(new Row(List.of(option), new double[] {1}), List.of());
    }

    /** Every option that can come out, in the order of the file. */
    public Set<String> options() {
        Set<String> options = new LinkedHashSet<>(otherwise.options);
        rows.forEach(when -> options.addAll(when.row.options));
        return options;
    }

    /** Draws exactly once. */
    public String pick(SplittableRandom random, Traits traits) {
        double draw = random.nextDouble();
        for (When when : rows) {
            if (when.condition.holds(traits)) {
                return when.row.pick(draw);
            }
        }
        return otherwise.pick(draw);
    }

    private static Row row(JsonNode node) {
        if (!node.isObject() || node.isEmpty()) {
            throw new IllegalArgumentException("shares should be written as {yes: 0.4, no: 0.6}, not " + node);
        }
        List<String> options = new ArrayList<>();
        double[] upTo = new double[node.size()];
        double sum = 0;
        for (var field : node.properties()) {
            double share = field.getValue().asDouble(-1);
            if (!field.getValue().isNumber() || share < 0) {
                throw new IllegalArgumentException(
                        "the share of '" + field.getKey() + "' should be a number from 0 to 1");
            }
            sum += share;
            upTo[options.size()] = sum;
            options.add(field.getKey());
        }
        if (Math.abs(sum - 1) > TOLERANCE) {
            throw new IllegalArgumentException("the shares of " + options + " add up to " + sum + ", not to 1");
        }
        return new Row(List.copyOf(options), upTo);
    }
}
