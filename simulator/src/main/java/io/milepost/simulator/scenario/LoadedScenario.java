package io.milepost.simulator.scenario;

import java.util.Map;

/**
 * A scenario with the diagrams it names.
 *
 * @param diagrams by file name
 */
public record LoadedScenario(Scenario scenario, Map<String, Diagram> diagrams) {

    public LoadedScenario with(Scenario changed) {
        return new LoadedScenario(changed, diagrams);
    }

    public Diagram diagram(String file) {
        Diagram diagram = diagrams.get(file);
        if (diagram == null) {
            throw new IllegalArgumentException("no diagram '" + file + "'");
        }
        return diagram;
    }
}
