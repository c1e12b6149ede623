package io.milepost.simulator.verify;

/**
 * A figure that is not what it should be.
 *
 * @param figures which of the interface's answers: summary, nodes, transitions, stages, series …
 * @param scope the part of the journey it was asked for
 * @param measure with what it is of, e.g. {@code push: engagements.clicked.users}
 * @param expected as JSON; {@code absent} where there should be none
 * @param got as JSON; {@code absent} where there was none
 */
public record Difference(String figures, String scope, String measure, String expected, String got) {

    @Override
    public String toString() {
        return figures + " [" + scope + "] " + measure + ": expected " + expected + ", got " + got;
    }
}
