package io.milepost.simulator.scenario;

import java.util.Map;

/**
 * A scenario with the diagrams it names.
 *
 * @param diagrams by file name, and {@code #} and the process where one is named
 * @param arrivals that are replayed, in milliseconds after the first, ascending; empty = none are
 */
public record LoadedScenario(Scenario scenario, Map<String, Diagram> diagrams, long[] arrivals) {

    public LoadedScenario with(Scenario changed) {
        return new LoadedScenario(changed, diagrams, arrivals);
    }

    public Diagram diagram(Scenario.Version version) {
        return diagram(key(version));
    }

    static String key(Scenario.Version version) {
        return version.process() == null ? version.bpmn() : version.bpmn() + "#" + version.process();
    }

    public Diagram diagram(String file) {
        Diagram diagram = diagrams.get(file);
        if (diagram == null) {
            throw new IllegalArgumentException("no diagram '" + file + "'");
        }
        return diagram;
    }
}
