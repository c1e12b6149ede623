package io.milepost.analytics.measure;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.JourneyCells;
import io.milepost.analytics.cell.Series;
import io.milepost.analytics.cell.What;
import io.milepost.analytics.history.Journey;
import io.milepost.analytics.history.Names;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls read from the cells of the summary, the nodes and the transitions. */
public final class CellCalls implements JourneyCalls {

    private static final Comparator<@Nullable String> NULLS_FIRST = Comparator.nullsFirst(Comparator.naturalOrder());
    private static final Comparator<@Nullable String> NULLS_LAST = Comparator.nullsLast(Comparator.naturalOrder());
    private static final Comparator<CallPath> ORDER = Comparator.comparing(CallPath::from, NULLS_FIRST)
            .thenComparing(CallPath::outcome, NULLS_FIRST)
            .thenComparing(CallPath::to, NULLS_LAST);

    private final CellProjection projection;

    public CellCalls(CellProjection projection) {
        this.projection = projection;
    }

    @Override
    public Calls calls(MeasureQuery query, Bucket bucket) {
        return CellFigures.read(projection, query, (cells, journey) -> calls(cells, journey, query, bucket));
    }

    private static Calls calls(Cells cells, Journey journey, MeasureQuery query, Bucket bucket) {
        Selection selection = Selection.of(cells, journey, query.scope());
        JourneySummary summary = new JourneyMeasures(selection).summary();
        List<CallPath> paths = new ArrayList<>();
        addWays(selection, paths);
        addEnds(selection, paths);
        paths.sort(ORDER);
        return new Calls(
                summary.entries(),
                summary.entryUsers(),
                summary.activeEntries(),
                summary.exitsByReason(),
                Rate.of(completed(selection), summary.entries()),
                points(cells, journey, query, bucket),
                CellFigures.nodes(selection).stream().map(CallNode::of).toList(),
                paths);
    }

    private static long completed(Selection selection) {
        return new JourneyMeasures(selection).completedOfEntered();
    }

    private static List<CallPoint> points(Cells cells, Journey journey, MeasureQuery query, Bucket bucket) {
        List<Buckets.Slice> slices = CellFigures.slices(cells, journey, query, bucket);
        List<CallPoint> points = new ArrayList<>(slices.size());
        if (!slices.isEmpty()) {
            Selection along = new Selection(cells, journey, query.scope(), CellFigures.ranges(slices));
            JourneyMeasures measures = new JourneyMeasures(along);
            for (int i = 0; i < slices.size(); i++) {
                along.to(i);
                points.add(new CallPoint(
                        slices.get(i).start(), measures.entries(), measures.entryUsers(), completed(along)));
            }
        }
        return points;
    }

    private record Step(int from, int outcome, int to) {}

    private static void addWays(Selection selection, List<CallPath> paths) {
        JourneyCells cells = selection.cells().of(selection.journey());
        add(
                selection,
                Grouping.by(
                        selection.basis().series(What.TRANSITION),
                        each -> new Step(
                                each.key().x(),
                                cells.way(each.key()).outcome(),
                                each.key().node())),
                paths);
    }

    private static void addEnds(Selection selection, List<CallPath> paths) {
        add(
                selection,
                Grouping.by(
                        selection.basis().series(What.EXIT_AT),
                        each -> new Step(each.key().node(), each.key().x(), -1)),
                paths);
    }

    private static void add(Selection selection, Map<Step, List<Series>> steps, List<CallPath> paths) {
        Names nodes = selection.journey().nodes();
        steps.forEach((step, series) -> {
            long count = selection.basis().count(series);
            if (count > 0) {
                paths.add(new CallPath(
                        name(nodes, step.from()),
                        name(selection.journey().outcomes(), step.outcome()),
                        name(nodes, step.to()),
                        count,
                        selection.basis().userCount(series)));
            }
        });
    }

    private static @Nullable String name(Names names, int number) {
        return number < 0 ? null : names.name(number);
    }
}
