package io.milepost.analytics.audit;

import io.milepost.analytics.cell.EntryScope;
import io.milepost.analytics.cell.JourneyCells;
import io.milepost.analytics.history.Journey;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Entries that are looked at together.
 *
 * @param version 0 = of more than one
 */
record Group(String name, long version, Predicate<EntryScope> wanted) {

    static final Group ALL = new Group("", 0, scope -> !scope.test());

    /** Those that any query can ask for by one filter. Holds the lock. */
    static List<Group> of(Journey journey, JourneyCells cells) {
        List<Group> groups = new ArrayList<>();
        groups.add(ALL);
        groups.add(new Group(" include=test", 0, scope -> true));
        groups.addAll(versions(cells));
        groups.addAll(variants(journey, cells));
        return groups;
    }

    static List<Group> versions(JourneyCells cells) {
        TreeSet<Long> versions = new TreeSet<>();
        cells.scopes().forEach(scope -> versions.add(scope.version()));
        return versions.stream()
                .map(version ->
                        new Group(" version=" + version, version, scope -> !scope.test() && scope.version() == version))
                .toList();
    }

    static List<Group> variants(Journey journey, JourneyCells cells) {
        TreeSet<Integer> variants = new TreeSet<>();
        cells.scopes().forEach(scope -> variants.add(scope.variant()));
        return variants.stream()
                .map(variant -> new Group(
                        " variant=" + (variant < 0 ? "none" : journey.variants().name(variant)),
                        0,
                        scope -> !scope.test() && scope.variant() == variant))
                .toList();
    }
}
