package io.milepost.simulator.verify;

import java.util.List;

/**
 * A figure that is not what it should be.
 *
 * @param figures which of the interface's answers: summary, nodes, transitions, stages, series, lists …
 * @param scope the part of the journey it was asked for
 * @param measure with what it is of, e.g. {@code push: engagements.clicked.users}
 * @param expected as JSON; {@code absent} where there should be none
 * @param got as JSON; {@code absent} where there was none
 * @param because what the list behind the figure says of it; empty where there is none or it was not asked
 * @param evidence some of the rows that differ there
 */
public record Difference(
        String figures,
        String scope,
        String measure,
        String expected,
        String got,
        String because,
        List<Evidence> evidence) {

    public Difference {
        evidence = List.copyOf(evidence);
    }

    /** One without a reason yet. */
    public Difference(String figures, String scope, String measure, String expected, String got) {
        this(figures, scope, measure, expected, got, "", List.of());
    }

    Difference because(String reason, List<Evidence> rows) {
        return new Difference(figures, scope, measure, expected, got, reason, rows);
    }

    @Override
    public String toString() {
        return figures + " [" + scope + "] " + measure + ": expected " + expected + ", got " + got;
    }
}
