package io.milepost.simulator.truth;

import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.JourneyEvent.JourneyDefined;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The latest definition of each version of each journey. */
final class Definitions {

    private final TreeMap<String, TreeMap<Long, JourneyDefinition>> byJourney = new TreeMap<>();

    Definitions(List<JourneyDefined> events) {
        List<JourneyDefined> ordered = new ArrayList<>(events);
        ordered.sort(Facts.CANONICAL);
        for (JourneyDefined event : ordered) {
            byJourney
                    .computeIfAbsent(event.definition().journeyId(), id -> new TreeMap<>())
                    .put(event.definition().version(), event.definition());
        }
    }

    @Nullable
    JourneyDefinition of(String journeyId, long version) {
        return versions(journeyId).get(version);
    }

    /** The stages of the newest version that has any; empty where none has. */
    List<JourneyDefinition.Stage> stages(String journeyId) {
        return versions(journeyId).descendingMap().values().stream()
                .map(JourneyDefinition::stages)
                .filter(stages -> !stages.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** Ids of all nodes of all versions, the newest version's first. */
    Set<String> nodes(String journeyId) {
        Set<String> ids = new LinkedHashSet<>();
        versions(journeyId).descendingMap().values().stream()
                .flatMap(definition -> definition.nodes().stream())
                .map(JourneyDefinition.Node::id)
                .forEach(ids::add);
        return ids;
    }

    private TreeMap<Long, JourneyDefinition> versions(String journeyId) {
        return byJourney.getOrDefault(journeyId, new TreeMap<>(Comparator.naturalOrder()));
    }
}
