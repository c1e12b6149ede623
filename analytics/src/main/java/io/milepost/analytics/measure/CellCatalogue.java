package io.milepost.analytics.measure;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.EntryScope;
import io.milepost.analytics.event.Nanos;
import io.milepost.analytics.history.DefinedVersion;
import io.milepost.analytics.history.Journey;
import io.milepost.spi.JourneyDefinition;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The journeys of the account, with the figures of their line read from the cells. */
public final class CellCatalogue implements JourneyCatalogue {

    private final CellProjection projection;

    public CellCatalogue(CellProjection projection) {
        this.projection = projection;
    }

    @Override
    public JourneyPage journeys(JourneyListQuery query) {
        return projection.read(cells -> {
            List<Journey> found = cells.histories().journeys().stream()
                    .filter(journey -> matches(journey, query.search()))
                    .sorted(Comparator.comparing(Journey::id))
                    .toList();
            List<JourneyOverview> page = found.stream()
                    .skip(query.offset())
                    .limit(query.size())
                    .map(journey -> overview(cells, journey, query.scope()))
                    .toList();
            return new JourneyPage(page, found.size());
        });
    }

    @Override
    public boolean knows(String journeyId) {
        return of(journeyId, journey -> true, false);
    }

    @Override
    public boolean knowsNode(String journeyId, String nodeId) {
        return of(journeyId, journey -> journey.nodes().find(nodeId) >= 0, false);
    }

    @Override
    public boolean knowsStage(String journeyId, String stageId) {
        return of(journeyId, journey -> journey.placeOfStage(stageId) >= 0, false);
    }

    @Override
    public List<JourneyDefinition> definitions(String journeyId) {
        return of(
                journeyId,
                journey -> journey.versions().values().stream()
                        .map(DefinedVersion::definition)
                        .toList(),
                List.of());
    }

    private <T> T of(String journeyId, Function<Journey, T> question, T unknown) {
        return projection.read(cells -> {
            Journey journey = cells.histories().journey(journeyId);
            return journey == null ? unknown : question.apply(journey);
        });
    }

    private static boolean matches(Journey journey, @Nullable String search) {
        if (search == null) {
            return true;
        }
        String part = search.toLowerCase(Locale.ROOT);
        return journey.id().toLowerCase(Locale.ROOT).contains(part)
                || journey.name().toLowerCase(Locale.ROOT).contains(part);
    }

    private static JourneyOverview overview(Cells cells, Journey journey, Scope scope) {
        JourneyMeasures measures = new JourneyMeasures(Selection.of(cells, journey, scope));
        TreeSet<Long> versions = new TreeSet<>(journey.versions().keySet());
        cells.of(journey).scopes().stream().map(EntryScope::version).forEach(versions::add);
        boolean active = journey.firstActivity() <= journey.lastActivity();
        return new JourneyOverview(
                journey.id(),
                journey.name(),
                List.copyOf(versions),
                measures.entries(),
                measures.conversionRate(),
                measures.messagesSent(),
                active ? Nanos.toInstant(journey.firstActivity()) : null,
                active ? Nanos.toInstant(journey.lastActivity()) : null);
    }
}
