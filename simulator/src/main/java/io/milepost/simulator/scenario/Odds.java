package io.milepost.simulator.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How likely something is: a number from 0 to 1, or one for each of some conditions, of which the first that holds
 * counts: {@code {otherwise: 0.2, plan=pro: 0.4}}.
 */
public final class Odds {

    public static final Odds NEVER = new Odds(0, List.of());

    private record Row(Condition condition, double share) {}

    private final double otherwise;
    private final List<Row> rows;

    private Odds(double otherwise, List<Row> rows) {
        this.otherwise = otherwise;
        this.rows = rows;
    }

    public static Odds of(double share) {
        return new Odds(checked(share), List.of());
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Odds read(JsonNode node) {
        if (node.isNumber()) {
            return of(node.doubleValue());
        }
        if (!node.isObject() || !node.path("otherwise").isNumber()) {
            throw new IllegalArgumentException(
                    "odds should be a number from 0 to 1, or {otherwise: 0.2, plan=pro: 0.4}, not " + node);
        }
        List<Row> rows = new ArrayList<>();
        node.properties().forEach(field -> {
            if (!field.getKey().equals("otherwise")) {
                rows.add(new Row(
                        Condition.parse(field.getKey()),
                        checked(field.getValue().asDouble(-1))));
            }
        });
        return new Odds(checked(node.path("otherwise").doubleValue()), List.copyOf(rows));
    }

    /** Draws once, whatever the odds are, so that a changed share moves nothing else of the user. */
    public boolean happens(SplittableRandom random, Traits traits) {
        return random.nextDouble() < share(traits);
    }

    private double share(Traits traits) {
        if (rows.isEmpty()) {
            return otherwise;
        }
        for (Row row : rows) {
            if (row.condition.holds(traits)) {
                return row.share;
            }
        }
        return otherwise;
    }

    private static double checked(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("odds should be from 0 to 1, not " + share);
        }
        return share;
    }
}
