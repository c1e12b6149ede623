package io.milepost.simulator.scenario;

import java.util.IdentityHashMap;

/**
 * A scenario with the flows of its journeys.
 *
 * @param diagrams of each version; two may be written alike
 * @param arrivals that are replayed, in milliseconds after the first, ascending; empty = none are
 */
public record LoadedScenario(Scenario scenario, IdentityHashMap<Scenario.Version, Diagram> diagrams, long[] arrivals) {

    public LoadedScenario with(Scenario changed) {
        return new LoadedScenario(changed, diagrams, arrivals);
    }

    public Diagram diagram(Scenario.Version version) {
        Diagram diagram = diagrams.get(version);
        if (diagram == null) {
            throw new IllegalArgumentException("version " + version.version() + " is none of this scenario");
        }
        return diagram;
    }
}
