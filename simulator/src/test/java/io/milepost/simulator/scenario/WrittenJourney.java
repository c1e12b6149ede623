package io.milepost.simulator.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A scenario of two journeys written in YAML, of which the second is what a test is about. */
final class WrittenJourney {

    /** Lines before its first node. */
    static final int BEFORE = 13;

    private WrittenJourney() {}

    /**
     * Writes the scenario into the folder and reads it.
     *
     * @param other nodes of the journey that nobody enters by himself
     */
    static LoadedScenario read(Path folder, String other, String nodes) throws IOException {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(
                file,
                """
                name: mine
                title: Mine
                zone: UTC
                users: 30
                weeks: 4
                population: {attributes: {}, platforms: {none: 1}}
                arrivals:
                  until: 0.1
                  hours: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
                  weekdays: [1, 1, 1, 1, 1, 1, 1]
                journeys:
                - {id: other, name: Other, odds: 0, versions: [{version: 1, nodes: {%s}}]}
                - {id: j, name: J, versions: [{version: 1, nodes: {
                """
                                .formatted(other)
                        + nodes + "}}]}\n");
        return ScenarioReader.file(file);
    }
}
