package io.milepost.analytics.measure;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.Series;
import io.milepost.analytics.cell.What;
import io.milepost.analytics.history.Journey;
import io.milepost.analytics.history.Names;
import io.milepost.analytics.measure.TrafficFigures.CostPerConversion;
import io.milepost.analytics.measure.TrafficQuery.Dimension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Traffic read from the cells that the summary and the nodes are read from, split by their keys. */
public final class CellTraffic implements JourneyTraffic {

    private static final List<What> TRAFFIC =
            List.of(What.SENT, What.FAILED, What.ENGAGED, What.ENGAGED_BY_MACHINE, What.COST);

    private final CellProjection projection;

    public CellTraffic(CellProjection projection) {
        this.projection = projection;
    }

    @Override
    public Traffic traffic(TrafficQuery query) {
        return CellFigures.read(projection, query.query(), (cells, journey) -> new Answer(cells, journey, query).all());
    }

    /** Where a part lies; null = it is not split by that. */
    private record Place(@Nullable String channel, @Nullable String platform, @Nullable String nodeId) {

        static final Place EVERYWHERE = new Place(null, null, null);

        static final Comparator<Place> ORDER = Comparator.comparing(Place::channel, nullsFirst())
                .thenComparing(Place::platform, nullsFirst())
                .thenComparing(Place::nodeId, nullsFirst());

        private static Comparator<@Nullable String> nullsFirst() {
            return Comparator.nullsFirst(Comparator.naturalOrder());
        }
    }

    /** For the time of one read. */
    private static final class Answer {

        private final Cells cells;
        private final Journey journey;
        private final TrafficQuery query;
        private final Names words;

        Answer(Cells cells, Journey journey, TrafficQuery query) {
            this.cells = cells;
            this.journey = journey;
            this.query = query;
            this.words = cells.histories().words();
        }

        Traffic all() {
            Selection whole = Selection.of(cells, journey, query.query().scope());
            TrafficFigures total = figures(whole, everywhere(whole));
            return new Traffic(total, parts(whole), perConversion(total, whole));
        }

        private Map<String, CostPerConversion> perConversion(TrafficFigures total, Selection whole) {
            long converted = new JourneyMeasures(whole).convertedUsers();
            Map<String, CostPerConversion> costs = new HashMap<>();
            total.cost().forEach((currency, cost) -> costs.put(currency, CostPerConversion.of(cost, converted)));
            return costs;
        }

        private List<TrafficPart> parts(Selection whole) {
            List<TrafficPart> parts = new ArrayList<>();
            Bucket bucket = query.bucket();
            if (bucket == null) {
                if (!query.by().isEmpty()) {
                    add(whole, null, parts);
                }
                return parts;
            }
            List<Buckets.Slice> slices = CellFigures.slices(cells, journey, query.query(), bucket);
            if (!slices.isEmpty()) {
                Selection along = new Selection(cells, journey, query.query().scope(), CellFigures.ranges(slices));
                for (int i = 0; i < slices.size(); i++) {
                    along.to(i);
                    add(along, slices.get(i).start(), parts);
                }
            }
            return parts;
        }

        private void add(Selection selection, @Nullable Instant start, List<TrafficPart> parts) {
            Map<Place, Map<What, List<Series>>> byPlace = new TreeMap<>(Place.ORDER);
            everywhere(selection).forEach((what, series) -> Grouping.by(series, each -> place(selection, each))
                    .forEach((place, of) -> byPlace.computeIfAbsent(place, any -> new EnumMap<>(What.class))
                            .put(what, of)));
            byPlace.forEach((place, of) -> {
                TrafficFigures figures = figures(selection, of);
                if (!figures.isNothing()) {
                    parts.add(TrafficPart.of(start, place.channel(), place.platform(), place.nodeId(), figures));
                }
            });
        }

        private Place place(Selection selection, Series of) {
            if (query.by().isEmpty()) {
                return Place.EVERYWHERE;
            }
            return new Place(
                    query.by().contains(Dimension.CHANNEL) ? selection.channel(of) : null,
                    query.by().contains(Dimension.PLATFORM) ? selection.platform(of) : null,
                    query.by().contains(Dimension.NODE)
                            ? journey.nodes().name(of.key().node())
                            : null);
        }

        private Map<What, List<Series>> everywhere(Selection selection) {
            Predicate<Series> wanted = each -> is(query.channel(), selection.channel(each))
                    && is(query.platform(), selection.platform(each))
                    && is(query.nodeId(), journey.nodes().name(each.key().node()));
            Map<What, List<Series>> series = new EnumMap<>(What.class);
            for (What what : TRAFFIC) {
                series.put(
                        what,
                        selection.basis().series(what).stream().filter(wanted).toList());
            }
            return series;
        }

        private static boolean is(@Nullable String asked, String name) {
            return asked == null || asked.equals(name);
        }

        private TrafficFigures figures(Selection selection, Map<What, List<Series>> of) {
            Slice slice = selection.basis();
            List<Series> sent = of.getOrDefault(What.SENT, List.of());
            List<Series> failed = of.getOrDefault(What.FAILED, List.of());
            return new TrafficFigures(
                    slice.count(sent),
                    slice.count(failed),
                    slice.userCount(sent),
                    slice.userCount(failed),
                    reasons(slice, failed),
                    slice.engagements(
                            of.getOrDefault(What.ENGAGED, List.of()),
                            of.getOrDefault(What.ENGAGED, List.of()),
                            of.getOrDefault(What.ENGAGED_BY_MACHINE, List.of()),
                            words),
                    slice.cost(of.getOrDefault(What.COST, List.of()), words));
        }

        /** Reasons are free text, so no cells of their own: found as the list of failed messages finds them. */
        private Map<String, Long> reasons(Slice slice, List<Series> failed) {
            Map<String, Long> reasons = new HashMap<>();
            slice.users(failed)
                    .forEach(slice.view()
                            .rows(
                                    failed,
                                    slice.range(),
                                    row -> reasons.merge(
                                            row.word() < 0 ? JourneyMeasures.UNKNOWN : words.name(row.word()),
                                            1L,
                                            Long::sum)));
            return reasons;
        }
    }
}
