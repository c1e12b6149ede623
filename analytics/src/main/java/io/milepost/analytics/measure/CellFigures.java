package io.milepost.analytics.measure;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.cell.CellView;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.JourneyCells;
import io.milepost.analytics.cell.Range;
import io.milepost.analytics.cell.Series;
import io.milepost.analytics.cell.What;
import io.milepost.analytics.event.Nanos;
import io.milepost.analytics.history.Journey;
import io.milepost.analytics.history.Names;
import io.milepost.spi.JourneyDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Figures read from cells. An answer costs what the cells in its scope cost, however many events lie behind them. */
public final class CellFigures implements JourneyFigures {

    private final CellProjection projection;

    public CellFigures(CellProjection projection) {
        this.projection = projection;
    }

    @Override
    public JourneySummary summary(MeasureQuery query) {
        return select(query, selection -> new JourneyMeasures(selection).summary());
    }

    @Override
    public List<NodeFigures> nodes(MeasureQuery query) {
        return select(query, CellFigures::nodes);
    }

    @Override
    public List<Transition> transitions(MeasureQuery query) {
        return select(query, CellFigures::transitions);
    }

    @Override
    public List<StageFigures> stages(MeasureQuery query) {
        return select(query, CellFigures::stages);
    }

    @Override
    public List<SeriesPoint> series(MeasureQuery query, SeriesMeasure measure, Bucket bucket) {
        return read(query, (cells, journey) -> {
            List<Buckets.Slice> slices = slices(cells, journey, query, bucket);
            return slices.isEmpty() ? List.of() : points(cells, journey, query, measure, slices);
        });
    }

    /** The buckets of the range, or else of all there is. */
    static List<Buckets.Slice> slices(Cells cells, Journey journey, MeasureQuery query, Bucket bucket) {
        Range extent = query.from() != null && query.to() != null ? null : extent(cells, journey);
        Instant from = query.from() != null ? query.from() : extent == null ? null : Nanos.toInstant(extent.from());
        Instant to = query.to() != null
                ? query.to()
                : extent == null ? null : Nanos.toInstant(extent.to()).plusNanos(1);
        return from == null || to == null ? List.of() : Buckets.of(bucket, query.zone(), from, to);
    }

    static List<Range> ranges(List<Buckets.Slice> slices) {
        return slices.stream()
                .map(slice -> new Range(Nanos.of(slice.from()), Nanos.of(slice.to())))
                .toList();
    }

    private static List<SeriesPoint> points(
            Cells cells, Journey journey, MeasureQuery query, SeriesMeasure measure, List<Buckets.Slice> slices) {
        Selection selection = new Selection(cells, journey, query.scope(), ranges(slices));
        List<SeriesPoint> points = new ArrayList<>(slices.size());
        for (int i = 0; i < slices.size(); i++) {
            selection.to(i);
            points.add(new SeriesPoint(slices.get(i).start(), value(selection, measure)));
        }
        return points;
    }

    private static @Nullable Object value(Selection selection, SeriesMeasure measure) {
        String nodeId = measure.nodeId();
        if (nodeId == null) {
            return measure.path()
                    .inside(new JourneyMeasures(selection).byName(measure.path().root()));
        }
        int node = selection.journey().nodes().find(nodeId);
        return measure.of(node < 0 ? List.of() : List.of(new NodeMeasures(selection, node).figures(null)));
    }

    /** First and last instant of anything in the journey, whatever the scope; null = nothing at all. */
    private static @Nullable Range extent(Cells cells, Journey journey) {
        Range deeds = new CellView(cells, journey, true, any -> true, List.of(Range.ALL)).extent();
        long first = Math.min(journey.firstActivity(), deeds.from());
        long last = Math.max(journey.lastActivity(), deeds.to());
        return first > last ? null : new Range(first, last);
    }

    private <T> T select(MeasureQuery query, Function<Selection, T> question) {
        return read(query, (cells, journey) -> question.apply(Selection.of(cells, journey, query.scope())));
    }

    /** A journey nobody knows has the figures of one without events. */
    private <T> T read(MeasureQuery query, BiFunction<Cells, Journey, T> question) {
        return read(projection, query, question);
    }

    static <T> T read(CellProjection projection, MeasureQuery query, BiFunction<Cells, Journey, T> question) {
        return projection.read(cells -> {
            Journey journey = cells.histories().journey(query.journeyId());
            if (journey != null) {
                return question.apply(cells, journey);
            }
            Cells empty = new Cells();
            return question.apply(empty, empty.histories().internJourney(query.journeyId()));
        });
    }

    static List<NodeFigures> nodes(Selection selection) {
        Map<Integer, JourneyDefinition.@Nullable Node> nodes = new LinkedHashMap<>();
        Names names = selection.journey().nodes();
        selection.journey().versions().descendingMap().values().forEach(defined -> defined.definition()
                .nodes()
                .forEach(node -> nodes.putIfAbsent(names.find(node.id()), node)));
        seen(selection).forEach(id -> nodes.putIfAbsent(names.find(id), null));
        List<NodeFigures> figures = new ArrayList<>(nodes.size());
        nodes.forEach((node, defined) -> figures.add(new NodeMeasures(selection, node).figures(defined)));
        return figures;
    }

    /** Ids of all nodes of which any fact speaks, whatever the scope. */
    private static TreeSet<String> seen(Selection selection) {
        TreeSet<String> seen = new TreeSet<>();
        for (Series series : selection.cells().of(selection.journey()).series()) {
            if (series.key().node() >= 0 && series.all().count() > 0) {
                seen.add(selection.journey().nodes().name(series.key().node()));
            }
        }
        return seen;
    }

    private record Way(int from, int to, int edge) {}

    private static List<Transition> transitions(Selection selection) {
        Journey journey = selection.journey();
        Slice slice = selection.basis();
        List<Transition> transitions = new ArrayList<>();
        JourneyCells cells = selection.cells().of(journey);
        Grouping.by(slice.series(What.TRANSITION), series -> way(cells, series)).forEach((way, series) -> {
            long count = slice.count(series);
            if (count > 0) {
                transitions.add(new Transition(
                        way.from < 0 ? null : journey.nodes().name(way.from),
                        journey.nodes().name(way.to),
                        way.edge < 0 ? null : journey.edges().name(way.edge),
                        count,
                        slice.userCount(series)));
            }
        });
        transitions.sort(Comparator.comparing(Transition::from, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(Transition::to)
                .thenComparing(Transition::edgeId, Comparator.nullsFirst(Comparator.naturalOrder())));
        return transitions;
    }

    private static Way way(JourneyCells cells, Series series) {
        return new Way(
                series.key().x(), series.key().node(), cells.way(series.key()).edge());
    }

    private static List<StageFigures> stages(Selection selection) {
        JourneyDefinition staged = selection.journey().staged();
        List<StageFigures> figures = new ArrayList<>();
        if (staged != null) {
            for (int place = 0; place < staged.stages().size(); place++) {
                figures.add(new StageMeasures(selection, place)
                        .figures(staged.stages().get(place)));
            }
        }
        return figures;
    }
}
