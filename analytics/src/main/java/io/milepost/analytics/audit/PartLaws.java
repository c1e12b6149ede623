package io.milepost.analytics.audit;

import static io.milepost.analytics.audit.GroupCells.JOURNEY;

import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.EntryScope;
import io.milepost.analytics.cell.JourneyCells;
import io.milepost.analytics.cell.Series;
import io.milepost.analytics.cell.UserUnion;
import io.milepost.analytics.cell.What;
import io.milepost.analytics.history.Journey;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the parts of a journey by version and by variant have to do with the whole. For one read under the lock. */
final class PartLaws {

    private static final Set<What> ADDED_UP = EnumSet.of(
            What.ENTRY, What.VISIT, What.SENT, What.FAILED, What.ENGAGED, What.ENGAGED_BY_MACHINE, What.OUTCOME);

    private final Cells cells;
    private final Journey journey;
    private final JourneyCells kept;
    private final CellNames names;
    private final Findings findings;

    private record Count(What what, int node) {}

    PartLaws(Cells cells, Journey journey, Findings findings) {
        this.cells = cells;
        this.journey = journey;
        this.kept = cells.of(journey);
        this.names = new CellNames(cells, journey);
        this.findings = findings;
    }

    void check() {
        for (boolean activity : new boolean[] {false, true}) {
            GroupCells whole = new GroupCells(cells, journey, Group.ALL, activity);
            addUp(Law.SUM_OVER_VERSIONS, whole, activity, partsBy(activity, EntryScope::version));
            addUp(Law.SUM_OVER_VARIANTS, whole, activity, partsBy(activity, scope -> (long) scope.variant()));
        }
        GroupCells whole = new GroupCells(cells, journey, Group.ALL, false);
        distinct(whole, Group.versions(kept));
        distinct(whole, Group.variants(journey, kept));
    }

    private interface Part {
        long of(EntryScope scope);
    }

    /** Counted apart from {@link GroupCells}: series by series, whatever chooses them there. */
    private Map<Count, Map<Long, Long>> partsBy(boolean activity, Part part) {
        Map<Count, Map<Long, Long>> parts = new HashMap<>();
        for (Series series : kept.series()) {
            EntryScope scope = kept.scopes().get(series.key().scope());
            if (series.key().activity() == activity
                    && !scope.test()
                    && ADDED_UP.contains(series.key().what())) {
                parts.computeIfAbsent(
                                new Count(series.key().what(), series.key().node()), any -> new HashMap<>())
                        .merge(part.of(scope), series.all().count(), Long::sum);
            }
        }
        return parts;
    }

    private void addUp(Law law, GroupCells whole, boolean activity, Map<Count, Map<Long, Long>> parts) {
        Set<Integer> nodes = new TreeSet<>(whole.nodes());
        nodes.add(JOURNEY);
        for (int node : nodes) {
            for (What what : ADDED_UP) {
                Map<Long, Long> of = parts.getOrDefault(new Count(what, node), Map.of());
                long total = whole.count(what, node);
                if (total != 0 || !of.isEmpty()) {
                    findings.equal(
                            law,
                            CellNames.journey(journey) + CellNames.basis(activity) + names.node(node),
                            "count of " + what,
                            total,
                            of.size() + " parts",
                            of.values().stream().mapToLong(Long::longValue).sum());
                }
            }
        }
    }

    private void distinct(GroupCells whole, List<Group> parts) {
        UserUnion all = whole.users(What.ENTRY, JOURNEY);
        long sum = 0;
        for (Group part : parts) {
            UserUnion some = new GroupCells(cells, journey, part, false).users(What.ENTRY, JOURNEY);
            sum += some.size();
            findings.atMost(
                    Law.DISTINCT_OF_UNION,
                    CellNames.journey(journey) + part.name(),
                    "entered users of the journey",
                    all.size(),
                    "entered users",
                    some.size());
        }
        findings.atMost(
                Law.DISTINCT_OF_UNION,
                CellNames.journey(journey),
                "entered users of the parts together",
                sum,
                "entered users",
                all.size());
    }
}
